// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exports.h"
#include "core/stats/histogramcodec.h"
#include "tests/core/sessiontools/generators.h"
#include "tests/support/histogramlogprocessor.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace Headroom;

class HistogramLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aLineForEachSecondAndStepThatHasTimes();
    void tagsAreSafeAndToldApart();
    void javaReadsItAndPrintsTheSamePercentiles_data();
    void javaReadsItAndPrintsTheSamePercentiles();

private:
    QByteArray logOf(const QString &path, LatencyKind kind = LatencyKind::Response) const
    {
        const auto session = SessionReader::open(path);
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        ExportSink sink(buffer, QStringLiteral("buffer"));
        const auto done =
            session ? exportHistogramLog(**session, kind, sink) : Result<void>(std::unexpected(session.error()));
        return done ? buffer.data() : done.error().text().toUtf8();
    }
    QStringList tagsOf(const QStringList &names) const;
    QTemporaryDir m_folder;
    QString m_session;
};

void HistogramLogTest::initTestCase()
{
    std::vector<int> seconds(70);
    std::iota(seconds.begin(), seconds.end(), 0);
    m_session = writeRecorded(m_folder.filePath(QStringLiteral("s.headroom")), seconds);
    QVERIFY(!m_session.isEmpty());
}

void HistogramLogTest::aLineForEachSecondAndStepThatHasTimes()
{
    RawSample sample;
    sample.sent = 1ms;
    sample.finished = 9ms;
    sample.firstByte = 8ms;
    sample.step = StepIndex{2};
    sample.status = 200;
    const QString path = m_folder.filePath(QStringLiteral("one.headroom"));
    RecordedSecond last = secondOf(1, {sample});
    last.frame.length = 250ms;
    QCOMPARE(writeSession(path, recordedHead(), {secondOf(0, {}), last}), QString());
    const QList<QByteArray> lines = logOf(path).split('\n');
    QCOMPARE(lines.size(), 7);
    QVERIFY(lines[0].startsWith("#[Headroom ")
            && lines[0].endsWith(": response times in us, tagged by step; Interval_Max is in ms]"));
    QCOMPARE(lines[1], QByteArray("#[Histogram log format version 1.3]"));
    QCOMPARE(lines[2], QByteArray("#[StartTime: 1700000000.000 (seconds since epoch), 2023-11-14T22:13:20.000Z]"));
    QCOMPARE(lines[3], QByteArray("#[BaseTime: 1700000000.000 (seconds since epoch)]"));
    QCOMPARE(lines[4],
             QByteArray("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\""));
    QVERIFY2(lines[5].startsWith("Tag=step_2,1.000,0.250,10.000,HISTFAAA"), lines[5].constData());
    const auto histogram = decodeHistogram(QByteArray::fromBase64(lines[5].mid(lines[5].lastIndexOf(',') + 1)));
    QVERIFY(histogram.has_value());
    QCOMPARE(histogram->count(), 1U);
}

/// Of three steps with these names.
QStringList HistogramLogTest::tagsOf(const QStringList &names) const
{
    SessionHead head = recordedHead();
    std::vector<RawSample> samples(3);
    for (int step = 0; step < 3; ++step) {
        head.facts.steps[std::size_t(step)].name = names[step];
        samples[std::size_t(step)].step = StepIndex{step};
        samples[std::size_t(step)].finished = 5ms;
    }
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("tags.headroom"));
    if (const QString error = writeSession(path, head, {secondOf(0, samples)}); !error.isEmpty())
        return {error};
    QStringList tags;
    for (const QByteArray &line : logOf(path).split('\n')) {
        if (line.startsWith("Tag="))
            tags << QString::fromLatin1(line.sliced(4, line.indexOf(',') - 4));
    }
    return tags;
}

void HistogramLogTest::tagsAreSafeAndToldApart()
{
    QCOMPARE(tagsOf({QStringLiteral("a, b\n"), QStringLiteral("a__b_"), QStringLiteral("/items/${id}")}),
             (QStringList{QStringLiteral("a__b_"), QStringLiteral("a__b__2"), QStringLiteral("/items/${id}")}));
    QCOMPARE(tagsOf({QStringLiteral("x"), QStringLiteral("x_2"), QStringLiteral("x")}),
             (QStringList{QStringLiteral("x"), QStringLiteral("x_2"), QStringLiteral("x_3")}));
}

void HistogramLogTest::javaReadsItAndPrintsTheSamePercentiles_data()
{
    QTest::addColumn<LatencyKind>("kind");
    QTest::newRow("response times") << LatencyKind::Response;
    QTest::newRow("service times") << LatencyKind::Service;
    QTest::newRow("rejections") << LatencyKind::Rejected;
}

void HistogramLogTest::javaReadsItAndPrintsTheSamePercentiles()
{
    QFETCH(LatencyKind, kind);
    QFile file(m_folder.filePath(QStringLiteral("s.hlog")));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(logOf(m_session, kind));
    file.close();
    const auto session = SessionReader::open(m_session);
    QVERIFY(session.has_value());
    for (const std::size_t step : {0U, 2U}) {
        const HdrHistogram whole = wholeStep(**session, step)[kind];
        QVERIFY(whole.count() > 20);
        const PrintedLog printed =
            printedByJava(file.fileName(), {QStringLiteral("-tag"), QStringLiteral("step_%1").arg(step)});
        QVERIFY2(printed.problem.isEmpty(), qPrintable(printed.problem));
        QVERIFY2(printed.rows.size() > 10, qPrintable(printed.text));
        QCOMPARE(differenceOf(printed.rows, whole), QString());
    }
}

QTEST_GUILESS_MAIN(HistogramLogTest)
#include "tst_histogramlog.moc"
