// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreader.h"
#include "core/stats/histogramcodec.h"
#include "core/stats/samplerecorder.h"
#include "core/stats/samplereservoir.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

namespace {

/// A recorder's counts and times made of what was kept whole.
std::vector<EncodedLatencySet> recounted(const SecondSamples &samples, std::size_t steps)
{
    SampleRecorder recorder(steps);
    for (const RawSample &raw : samples.kept)
        recorder.record(sampleOf(raw, SteadyTime()));
    IntervalSnapshot snapshot;
    recorder.takeInterval(snapshot);
    return snapshot.steps;
}

} // namespace

/// Requests that are kept whole, from the command line to the file.
class SamplesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void theWholeRunIsMadeOfItsSamples();
    void keepsWhatTheOptionSays_data();
    void keepsWhatTheOptionSays();
    void keepsWhatTheScenarioSays();
    void theSlowestAreThoseOfTheSamples();

private:
    QJsonObject run(const QStringList &more, const QByteArray &rest = {});
    std::unique_ptr<SessionReader> session() const
    {
        auto opened = SessionReader::open(m_folder->filePath(QStringLiteral("s.headroom")));
        return opened ? std::move(*opened) : nullptr;
    }
    std::vector<SecondSamples> samples() const
    {
        std::vector<SecondSamples> all;
        if (const auto reader = session())
            (void)reader->forEachSamples([&](const SecondSamples &second) {
                all.push_back(second);
                return true;
            });
        return all;
    }

    TargetProcess m_target;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SamplesTest::initTestCase()
{
    QVERIFY(m_target.start({QStringLiteral("--service-time"), QStringLiteral("*=2ms")}));
}

void SamplesTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

/// 150/s for 2 s, by two workers; every iteration asks for a document and for something that is not there.
QJsonObject SamplesTest::run(const QStringList &more, const QByteArray &rest)
{
    const QByteArray scenario = "headroom: 1\ntarget: { url: '" + m_target.url().toEncoded()
        + "', transport: direct }\nflows: [ { steps: [ { name: document, get: /documents/1 }, { name: nothing, get: "
          "/nothing } ] } ]\n"
          "load: { rate: 150/s, for: 2 s }\n"
        + rest;
    const auto result =
        runHeadroom(QStringList{QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--out"),
                                QStringLiteral("s.headroom"), QStringLiteral("--workers"), QStringLiteral("2"),
                                QStringLiteral("--report"), QStringLiteral("json=r.json")}
                        + more,
                    m_folder->path(), scenario);
    if (result.exitCode < 0)
        qWarning().noquote() << result.err;
    QFile file(m_folder->filePath(QStringLiteral("r.json")));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void SamplesTest::theWholeRunIsMadeOfItsSamples()
{
    const QJsonObject report = run({});
    QCOMPARE(report[QStringLiteral("totals")][QStringLiteral("requests")].toInt(), 600);
    QCOMPARE(report[QStringLiteral("samples")].toObject(),
             (QJsonObject{{QStringLiteral("keeping"), QStringLiteral("all")},
                          {QStringLiteral("kept"), 600},
                          {QStringLiteral("candidates"), 600}}));
    std::map<int, SecondSamples> bySecond;
    for (SecondSamples &second : samples())
        bySecond[second.second] = std::move(second);
    const auto reader = session();
    QVERIFY(reader);
    int different = 0;
    const auto read = reader->forEachFrame([&](const FramePtr &frame) {
        const auto again = recounted(bySecond[frame->second], frame->steps.size());
        for (std::size_t step = 0; step < again.size(); ++step) {
            different += again[step].counts != frame->steps[step].counts;
            different += again[step].histograms != frame->steps[step].histograms;
        }
        return true;
    });
    QVERIFY(read);
    QCOMPARE(different, 0); // to the byte
}

void SamplesTest::keepsWhatTheOptionSays_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("candidates");
    QTest::newRow("all") << QStringLiteral("all") << 600;
    QTest::newRow("errors") << QStringLiteral("errors") << 300; // half of the requests ask for nothing
    QTest::newRow("sample") << QStringLiteral("sample") << 600;
    QTest::newRow("off") << QStringLiteral("off") << 0;
}

void SamplesTest::keepsWhatTheOptionSays()
{
    QFETCH(QString, mode);
    QFETCH(int, candidates);
    const QJsonObject report = run({QStringLiteral("--samples"), mode});
    const QJsonObject told = report[QStringLiteral("samples")].toObject();
    QCOMPARE(told[QStringLiteral("keeping")].toString(), mode);
    QCOMPARE(told[QStringLiteral("candidates")].toInt(), candidates);
    QCOMPARE(report[QStringLiteral("scenario")][QStringLiteral("overrides")].toArray(),
             (QJsonArray{QJsonObject{{QStringLiteral("path"), QStringLiteral("record.samples")},
                                     {QStringLiteral("value"), mode}}}));
    std::size_t kept = 0;
    for (const SecondSamples &second : samples()) {
        kept += second.kept.size();
        QCOMPARE(second.kept.size(),
                 mode == QLatin1String("sample") ? std::min<std::size_t>(100, second.candidates) : second.candidates);
        for (const RawSample &sample : second.kept)
            QVERIFY(mode != QLatin1String("errors") || sample.outcome == Outcome::Error);
    }
    QCOMPARE(told[QStringLiteral("kept")].toInt(), int(kept));
}

void SamplesTest::keepsWhatTheScenarioSays()
{
    const QJsonObject report = run({}, "record: { samples: errors }\n");
    QCOMPARE(report[QStringLiteral("samples")][QStringLiteral("keeping")].toString(), QStringLiteral("errors"));
    QCOMPARE(report[QStringLiteral("samples")][QStringLiteral("kept")].toInt(), 300);
}

void SamplesTest::theSlowestAreThoseOfTheSamples()
{
    const QJsonObject report = run({});
    std::vector<Nanoseconds> times; // of those that are in the response times
    for (const SecondSamples &second : samples()) {
        for (const RawSample &sample : second.kept) {
            if (sample.outcome == Outcome::Answered && second.second < 2) // the measured ones
                times.push_back(sample.responseTime());
        }
    }
    std::ranges::sort(times, std::greater{});
    const QJsonArray rows = report[QStringLiteral("slowest")].toArray();
    QCOMPARE(rows.size(), 10);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(rows[i][QStringLiteral("step")].toString(), QStringLiteral("document"));
        QCOMPARE(rows[i][QStringLiteral("url")].toString(), m_target.url().toString() + QStringLiteral("/documents/1"));
        QCOMPARE(qRound64(rows[i][QStringLiteral("response_ms")].toDouble() * 1e3),
                 qRound64(double(times[std::size_t(i)].count()) / 1e3)); // us
    }
}

QTEST_GUILESS_MAIN(SamplesTest)
#include "tst_samples.moc"
