// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sessiontools/exports.h"
#include "core/stats/histogramcodec.h"
#include "tests/core/session/samplesession.h"
#include "tests/core/sessiontools/generators.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace Headroom;

namespace {

/// Planned at 0.1 s and sent 1 ms later; answered after 10, 20, 30 and 40 ms. The third one was refused.
std::vector<RawSample> fourSamples()
{
    std::vector<RawSample> samples;
    for (int i = 0; i < 4; ++i) {
        RawSample sample;
        sample.planned = 100ms + i * 1ms;
        sample.sent = 1ms;
        sample.finished = (i + 1) * 10ms;
        sample.firstByte = sample.finished - 1ms;
        sample.step = StepIndex{0};
        sample.status = 200;
        sample.bytesIn = 1000;
        sample.bytesOut = 5;
        samples.push_back(sample);
    }
    samples[2].outcome = Outcome::Rejected;
    samples[2].status = 503;
    return samples;
}

/// A device of which only so much fits.
class SmallDevice : public QBuffer
{
protected:
    qint64 writeData(const char *data, qint64 size) override
    {
        if (buffer().size() + size > 200) {
            setErrorString(QStringLiteral("full"));
            return -1;
        }
        return QBuffer::writeData(data, size);
    }
};

using Export = std::function<Result<void>(const SessionReader &, ExportSink &)>;

} // namespace

class ExportsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aRowForEachSecondAndStep();
    void theProbesStandBehindEveryStep();
    void theLargestIsNoQuantile();
    void aRowForEachRawSample();
    void saysThatNoRawSamplesWereKept();
    void jsonHoldsEveryHistogram();
    void jsonHoldsWhatIsNotKnownAsNull();
    void saysWhenItCannotBeWritten();
    void tellsHowFarItIs();
    void attachmentsGetNamesThatDoNoHarm();

private:
    QByteArray exported(const QString &path, const Export &to) const
    {
        const auto session = SessionReader::open(path);
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        ExportSink sink(buffer, QStringLiteral("buffer"));
        const auto done = session ? to(**session, sink) : Result<void>(std::unexpected(session.error()));
        return done ? buffer.data() : done.error().text().toUtf8();
    }
    QTemporaryDir m_folder;
    QString m_session;
};

void ExportsTest::initTestCase()
{
    m_session = m_folder.filePath(QStringLiteral("s.headroom"));
    SessionHead head = recordedHead();
    head.facts.steps[0].name = QStringLiteral("=list, all");
    QCOMPARE(writeSession(m_session, head, {secondOf(0, fourSamples()), secondOf(1, {})}), QString());
}

void ExportsTest::aRowForEachSecondAndStep()
{
    const QByteArray csv =
        exported(m_session, [](const auto &session, ExportSink &sink) { return exportCsv(session, sink); });
    const QList<QByteArray> lines = csv.split('\n');
    QCOMPARE(lines.size(), 8); // heading, 2 seconds of 3 steps, and behind the last line end
    QCOMPARE(lines[0],
             QByteArray("second,time,stage,measured,step,requests,answered,rejected,errors,"
                        "response_p50_ms,response_p90_ms,response_p95_ms,response_p99_ms,response_max_ms,"
                        "service_p50_ms,service_p90_ms,service_p95_ms,service_p99_ms,service_max_ms,"
                        "bytes_in,bytes_out\r"));
    // Answered: service 10, 20 and 40 ms, response 1 ms more. Rank 2 of 3 is the median; buckets are 8 and 16 us wide
    // there.
    QCOMPARE(lines[1],
             QByteArray("0,2023-11-14T22:13:20.000Z,hold,true,\"'=list, all\",4,3,1,0,"
                        "21.007,41,41,41,41,20.015,40,40,40,40,4000,20\r"));
    QCOMPARE(lines[2], QByteArray("0,2023-11-14T22:13:20.000Z,hold,true,step 1,0,0,0,0,,,,,,,,,,,0,0\r"));
    QVERIFY(lines[4].startsWith("1,2023-11-14T22:13:21.000Z,hold,true,"));
    QCOMPARE(lines[7], QByteArray());
}

void ExportsTest::theProbesStandBehindEveryStep()
{
    SessionHead head = recordedHead();
    head.facts.steps.resize(2);
    head.facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")},
                         {QStringLiteral("api"), QStringLiteral("cpu_seconds"), QStringLiteral("seconds")},
                         {QStringLiteral("errors"), {}, {}},
                         {QStringLiteral("=a, b"), {}, QStringLiteral("count")}};
    RecordedSecond second = secondOf(0, {});
    second.frame.steps.resize(2);
    second.frame.probes = {1.5e9, -0.1, std::nullopt, 3.0};
    const QString path = m_folder.filePath(QStringLiteral("probes.headroom"));
    QCOMPARE(writeSession(path, head, {second}), QString());
    const QList<QByteArray> lines =
        exported(path, [](const auto &session, ExportSink &sink) { return exportCsv(session, sink); }).split('\n');
    QVERIFY2(lines[0].endsWith(",bytes_out,api.rss_bytes,api.cpu_seconds,probe.errors,\"'=a, b\"\r"),
             lines[0].constData());
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[1].endsWith(",0,0,1500000000,-0.1,,3\r"), lines[1].constData());
    QVERIFY2(lines[2].endsWith(",0,0,1500000000,-0.1,,3\r"), lines[2].constData());
}

void ExportsTest::theLargestIsNoQuantile()
{
    // One of 2,000 takes 40 instead of 10 ms, and a generator that lacked time measured none of them.
    std::vector<RawSample> samples(2000, fourSamples()[0]);
    samples.back().finished = 40ms;
    RecordedSecond second = secondOf(0, samples);
    second.frame.isMeasured = false;
    const QString path = m_folder.filePath(QStringLiteral("largest.headroom"));
    QCOMPARE(writeSession(path, recordedHead(), {second}), QString());
    const QByteArray csv =
        exported(path, [](const auto &session, ExportSink &sink) { return exportCsv(session, sink); });
    QCOMPARE(csv.split('\n')[1],
             QByteArray("0,2023-11-14T22:13:20.000Z,hold,false,step 0,2000,2000,0,0,"
                        "11.007,11.007,11.007,11.007,41,10.007,10.007,10.007,10.007,40,2000000,10000\r"));
}

void ExportsTest::aRowForEachRawSample()
{
    const QByteArray csv =
        exported(m_session, [](const auto &session, ExportSink &sink) { return exportSamples(session, sink); });
    const QList<QByteArray> lines = csv.split('\n');
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines[0],
             QByteArray("second,planned_at,planned_s,step,outcome,failure,status,send_lag_ms,first_byte_ms,"
                        "service_ms,response_ms,bytes_in,bytes_out,resends\r"));
    QCOMPARE(lines[1], QByteArray("0,2023-11-14T22:13:20.100Z,0.1,\"'=list, all\",answered,,200,1,9,10,11,1000,5,0\r"));
    QCOMPARE(lines[3],
             QByteArray("0,2023-11-14T22:13:20.102Z,0.102,\"'=list, all\",rejected,,503,1,29,30,31,1000,5,0\r"));
}

void ExportsTest::saysThatNoRawSamplesWereKept()
{
    const QString path = m_folder.filePath(QStringLiteral("off.headroom"));
    QCOMPARE(writeSession(path, recordedHead(SampleKeeping::Off), {secondOf(0, fourSamples())}), QString());
    const QByteArray said =
        exported(path, [](const auto &session, ExportSink &sink) { return exportSamples(session, sink); });
    QCOMPARE(said, QByteArray("the session holds no raw samples; a run keeps them with --samples all"));
}

void ExportsTest::jsonHoldsEveryHistogram()
{
    const QByteArray json =
        exported(m_session, [](const auto &session, ExportSink &sink) { return exportJson(session, sink); });
    QJsonParseError problem;
    const QJsonObject all = QJsonDocument::fromJson(json, &problem).object();
    QCOMPARE(problem.errorString(), QStringLiteral("no error occurred"));
    QCOMPARE(all[QStringLiteral("schema")].toString(), QStringLiteral("headroom-export/1"));
    QCOMPARE(all[QStringLiteral("seconds")].toArray().size(), 2);
    const QJsonObject step = all[QStringLiteral("seconds")][0][QStringLiteral("steps")][0].toObject();
    QCOMPARE(step[QStringLiteral("requests")].toInt(), 4);
    QCOMPARE(step[QStringLiteral("status")][QStringLiteral("503")].toInt(), 1);
    QVERIFY(step[QStringLiteral("failures")].toObject().isEmpty());
    QVERIFY(!step[QStringLiteral("rejected_times")].isNull());
    QVERIFY(step[QStringLiteral("failed_times")].isNull());
    const QByteArray bytes = QByteArray::fromBase64(step[QStringLiteral("service_times")].toString().toLatin1());
    const auto histogram = decodeHistogram(bytes);
    QVERIFY2(histogram.has_value(), histogram ? "" : qPrintable(histogram.error().message));
    QCOMPARE(histogram->count(), 3U);
    QCOMPARE(bytes.size(), 8 + qFromBigEndian<qint32>(bytes.constData() + 4)); // nothing of ours behind it
    QCOMPARE(all[QStringLiteral("events")][1][QStringLiteral("at_s")].toDouble(), 1.5);
}

void ExportsTest::jsonHoldsWhatIsNotKnownAsNull()
{
    const QString path = m_folder.filePath(QStringLiteral("sample.headroom"));
    QCOMPARE(writeSampleSession(path, 1), QString());
    const QByteArray json =
        exported(path, [](const auto &session, ExportSink &sink) { return exportJson(session, sink); });
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    const QJsonObject burst = all[QStringLiteral("stages")][1].toObject();
    QCOMPARE(burst[QStringLiteral("start_s")].toDouble(), 30.0);
    QCOMPARE(burst[QStringLiteral("length_s")].toDouble(), 60.0);
    const QJsonObject second = all[QStringLiteral("seconds")][0].toObject();
    QCOMPARE(second[QStringLiteral("probes")].toArray(), (QJsonArray{1.5e9, QJsonValue()}));
    QCOMPARE(second[QStringLiteral("steps")][0][QStringLiteral("failures")].toObject(),
             (QJsonObject{{QStringLiteral("dns"), 2}, {QStringLiteral("other"), 3}}));
}

void ExportsTest::saysWhenItCannotBeWritten()
{
    const auto session = SessionReader::open(m_session);
    QVERIFY(session.has_value());
    for (const auto &to : {Export([](const auto &from, ExportSink &sink) { return exportCsv(from, sink); }),
                           Export([](const auto &from, ExportSink &sink) { return exportJson(from, sink); }),
                           Export([](const auto &from, ExportSink &sink) { return exportSamples(from, sink); }),
                           Export([](const auto &from, ExportSink &sink) {
                               return exportHistogramLog(from, LatencyKind::Response, sink);
                           })}) {
        SmallDevice device;
        device.open(QIODevice::WriteOnly);
        ExportSink sink(device, QStringLiteral("s.out"));
        const auto done = to(**session, sink);
        QVERIFY(!done.has_value());
        QVERIFY(done.error().code == Error::Code::Unwritable);
        QCOMPARE(done.error().text(), QStringLiteral("s.out: cannot be written: full; choose another place"));
    }
}

void ExportsTest::tellsHowFarItIs()
{
    std::vector<double> shares;
    exported(m_session, [&](const auto &session, ExportSink &sink) {
        return exportCsv(session, sink, [&](double share) { shares.push_back(share); });
    });
    QCOMPARE(shares, (std::vector<double>{0.0, 0.5}));
}

void ExportsTest::attachmentsGetNamesThatDoNoHarm()
{
    const QString path = m_folder.filePath(QStringLiteral("attached.headroom"));
    {
        const auto writer = SessionWriter::create(path, recordedHead());
        QVERIFY(writer.has_value());
        for (const QByteArray &name : {QByteArray(".bashrc"), QByteArray("a.txt"), QByteArray("A.txt"),
                                       QByteArray("notes"), QByteArray("..profile"), QByteArray(120, 'x') + ".log"})
            QVERIFY((*writer)->attach({QString::fromLatin1(name), {}, 0ns, "of " + name}).has_value());
        QVERIFY((*writer)->finish({}, 1'700'000'600'000).has_value());
    }
    const auto session = SessionReader::open(path);
    QVERIFY(session.has_value());
    const auto names = attachmentFileNames(**session);
    QVERIFY2(names.has_value(), names ? "" : qPrintable(names.error().text()));
    QCOMPARE(*names,
             (QStringList{QStringLiteral("bashrc"), QStringLiteral("a.txt"), QStringLiteral("A (2).txt"),
                          QStringLiteral("notes"), QStringLiteral("profile"),
                          QString(96, u'x') + QStringLiteral(".log")})); // a hundred, with the ending
    QCOMPARE((*session)->attachment(2)->bytes, QByteArray("of A.txt"));
}

QTEST_GUILESS_MAIN(ExportsTest)
#include "tst_exports.moc"
