// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/prommeasure.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;
using Labels = std::vector<std::pair<QString, QString>>;

/// A measure with a clock of its own: a reading each second.
class Bench
{
public:
    Bench(const QString &metric, As as, const Labels &labels = {}, double quantile = 0.0)
        : measure(*PromMeasure::make({{}, metric, labels, as, quantile}))
    {
    }
    PromMeasure::Outcome read(const QByteArray &text)
    {
        measure.begin();
        const PromVisitor visitor{
            [this](const PromSample &sample) { measure.take(sample); },
            [this](QByteArrayView name, QByteArrayView type) { measure.takeType(name, type); },
        };
        const auto read = readPromText(text, visitor);
        return measure.end(m_now += read ? 1s : 0s);
    }
    std::optional<double> valueOf(const QByteArray &text) { return read(text).value; }
    QString problemOf(const QByteArray &text) { return read(text).problem; }

    PromMeasure measure;

private:
    SteadyTime m_now;
};

bool isNear(std::optional<double> value, double expected) { return value && std::abs(*value - expected) < 1e-12; }

/// A histogram with bounds of 0.1 and 1, and its sum.
QByteArray histogram(int low, int high, int all, double sum, const QByteArray &label = {})
{
    const auto line = [](const QByteArray &name, const QByteArray &labels, double value) {
        return name + '{' + labels + "} " + QByteArray::number(value) + '\n';
    };
    return "# TYPE t histogram\n" + line("t_bucket", label + "le=\"0.1\"", low)
        + line("t_bucket", label + "le=\"1\"", high) + line("t_bucket", label + "le=\"+Inf\"", all)
        + line("t_sum", label, sum) + line("t_count", label, all);
}

} // namespace

class PromMeasureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addsUpTheSeriesThatHaveTheLabels_data();
    void addsUpTheSeriesThatHaveTheLabels();
    void refusesALabelThatIsNoPattern();
    void namesTheUnit_data();
    void namesTheUnit();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void takesARateOverTheTimeThatReallyPassed();
    void survivesACounterThatGoesBack();
    void countsASeriesThatAppearsFromZero();
    void goesOnWithASeriesThatWasAway();
    void takesNoSeriesOfACounterForNone();
    void interpolatesAPercentileOfWhatCameSince();
    void addsUpHistograms();
    void beginsAHistogramAnewAsAWhole();
    void hasNoPercentileWhereNothingCame();
    void takesTheMeanOfWhatCameSince();
    void refusesNumbersThatAreNone_data();
    void refusesNumbersThatAreNone();
    void refusesTooManySeries();
};

void PromMeasureTest::addsUpTheSeriesThatHaveTheLabels_data()
{
    QTest::addColumn<Labels>("labels");
    QTest::addColumn<std::optional<double>>("sum");
    const auto row = [](const char *name, const Labels &labels, std::optional<double> sum) {
        QTest::newRow(name) << labels << sum;
    };
    row("all", {}, 1111.0);
    row("equal", {{"status", "200"}}, 1.0);
    row("pattern", {{"status", "5.."}}, 110.0);
    row("pattern takes the whole value", {{"status", "5"}}, std::nullopt);
    row("two labels", {{"status", "5.."}, {"path", "/a"}}, 10.0);
    row("equal though a pattern would not be", {{"path", "/b(x)"}}, 100.0);
    row("alternatives", {{"status", "200|503"}}, 101.0);
    row("a label that is not there is empty", {{"path", ""}}, 1000.0);
    row("not the empty one", {{"path", ".+"}}, 111.0);
}

void PromMeasureTest::addsUpTheSeriesThatHaveTheLabels()
{
    QFETCH(Labels, labels);
    QFETCH(std::optional<double>, sum);
    Bench bench("jobs", As::Value, labels);
    QCOMPARE(bench.valueOf("jobs{status=\"200\",path=\"/a\"} 1\n"
                           "jobs{status=\"500\",path=\"/a\"} 10\n"
                           "jobs{status=\"503\",path=\"/b(x)\"} 100\n"
                           "jobs{status=\"404\"} 1000\n"
                           "jobs_other{status=\"200\"} 7\n"),
             sum);
}

void PromMeasureTest::refusesALabelThatIsNoPattern()
{
    const auto made = PromMeasure::make({{}, "jobs", {{"path", "/b("}}, As::Value});
    QVERIFY(!made);
    QVERIFY2(made.error().message.startsWith("not a regular expression ("), qPrintable(made.error().message));
}

void PromMeasureTest::namesTheUnit_data()
{
    QTest::addColumn<QString>("metric");
    QTest::addColumn<As>("as");
    QTest::addColumn<QString>("unit");
    QTest::newRow("bytes") << "process_resident_memory_bytes" << As::Value << "bytes";
    QTest::newRow("bytes of a counter") << "sent_bytes_total" << As::Value << "bytes";
    QTest::newRow("bytes a second") << "sent_bytes_total" << As::Rate << "";
    QTest::newRow("seconds") << "http_request_duration_seconds" << As::Quantile << "seconds";
    QTest::newRow("seconds of buckets") << "http_request_duration_seconds_bucket" << As::Quantile << "seconds";
    QTest::newRow("number") << "jobs" << As::Value << "";
}

void PromMeasureTest::namesTheUnit()
{
    QFETCH(QString, metric);
    QFETCH(As, as);
    QTEST(Bench(metric, as).measure.unit(), "unit");
}

void PromMeasureTest::saysWhatIsMissing_data()
{
    QTest::addColumn<As>("as");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char *name, As as, const QByteArray &text, const char *problem) {
        QTest::newRow(name) << as << text << QString::fromUtf8(problem);
    };
    row("nothing", As::Value, "", "answered without metric 't'; correct its name");
    row("another", As::Rate, "tt 1", "answered without metric 't'; correct its name");
    row("other labels", As::Value, "t{a=\"c\"} 1",
        "answered without a series of 't' that has these labels; correct them");
    row("histogram as value", As::Value, "t_bucket{a=\"b\",le=\"1\"} 1\nt_count{a=\"b\"} 1",
        "answered with 't' as a histogram; write as: mean or a percentile, or metric: t_count");
    row("histogram as rate", As::Rate, "# TYPE t histogram\nt_bucket{a=\"b\",le=\"1\"} 1\nt_count{a=\"b\"} 1",
        "answered with 't' as a histogram; write as: mean or a percentile, or metric: t_count");
    row("histogram without a series yet", As::Quantile, "# TYPE t histogram\n", "");
    row("counter without a series yet", As::Rate, "# TYPE t counter\n", "");
    row("gauge without a series", As::Rate, "# TYPE t gauge\n", "answered without metric 't'; correct its name");
    row("value as histogram", As::Quantile, "t{a=\"b\"} 1", "answered without metric 't'; correct its name");
    row("labels of a counter", As::Value, "# TYPE t counter\nt{a=\"c\"} 1", "");
}

void PromMeasureTest::saysWhatIsMissing()
{
    QFETCH(As, as);
    QFETCH(QByteArray, text);
    QTEST(Bench("t", as, {{"a", "b"}}, 0.5).problemOf(text), "problem");
}

void PromMeasureTest::takesARateOverTheTimeThatReallyPassed()
{
    PromMeasure measure = *PromMeasure::make({{}, "n_total", {}, As::Rate});
    const auto read = [&measure](const QByteArray &text, SteadyTime at) {
        measure.begin();
        const auto done = readPromText(text, {[&measure](const PromSample &sample) { measure.take(sample); }, {}});
        return done ? measure.end(at).value : std::nullopt;
    };
    QCOMPARE(read("n_total{a=\"1\"} 100\nn_total{a=\"2\"} 7", SteadyTime(10s)), std::nullopt); // nothing before it
    QCOMPARE(read("n_total{a=\"1\"} 130\nn_total{a=\"2\"} 17", SteadyTime(14s)), 10.0); // 30 + 10 in 4 s
    QCOMPARE(read("n_total{a=\"1\"} 140\nn_total{a=\"2\"} 17", SteadyTime(14s)), std::nullopt); // no time has passed
}

void PromMeasureTest::survivesACounterThatGoesBack()
{
    Bench bench("n_total", As::Rate);
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 100\nn_total{a=\"2\"} 50"), std::nullopt);
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 3\nn_total{a=\"2\"} 55"), 8.0); // 3 since it began anew, and 5
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 4\nn_total{a=\"2\"} 55"), 1.0);
}

void PromMeasureTest::countsASeriesThatAppearsFromZero()
{
    Bench bench("n_total", As::Rate);
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 100"), std::nullopt);
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 100\nn_total{a=\"2\"} 5"), 5.0);
}

void PromMeasureTest::goesOnWithASeriesThatWasAway()
{
    Bench bench("n_total", As::Rate);
    bench.read("n_total{a=\"1\"} 100\nn_total{a=\"2\"} 500");
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 101"), 1.0);
    QCOMPARE(bench.valueOf("n_total{a=\"1\"} 102\nn_total{a=\"2\"} 503"), 4.0);
}

void PromMeasureTest::takesNoSeriesOfACounterForNone()
{
    Bench bench("n_total", As::Rate, {{"status", "5.."}});
    const QByteArray fine = "n_total{status=\"200\"} 100\n";
    PromMeasure::Outcome outcome = bench.read(fine);
    QCOMPARE(outcome.value, std::nullopt);
    QCOMPARE(outcome.note, "no series of 'n_total' has these labels yet, which counts as none");
    outcome = bench.read(fine);
    QCOMPARE(outcome.value, 0.0);
    QCOMPARE(outcome.note, QString()); // said once
    QCOMPARE(bench.valueOf(fine + "n_total{status=\"500\"} 2"), 2.0);
}

void PromMeasureTest::interpolatesAPercentileOfWhatCameSince()
{
    Bench bench("t", As::Quantile, {}, 0.5);
    QCOMPARE(bench.valueOf(histogram(1000, 1000, 1000, 10)), std::nullopt); // what was before is none of ours
    // 10 up to 0.1, 40 more up to 1: rank 25 is the 15th of 40 in the second bucket.
    QVERIFY(isNear(bench.valueOf(histogram(1010, 1050, 1050, 30)), 0.1 + 0.9 * 15.0 / 40.0));
}

void PromMeasureTest::addsUpHistograms()
{
    Bench bench("t_bucket", As::Quantile, {{"path", "/.*"}}, 0.5); // its name may end in _bucket
    const auto text = [](int a, int b) {
        return histogram(a, a, a, 1, "path=\"/a\",") + histogram(0, b, b, 1, "path=\"/b\",")
            + histogram(9 * a, 9 * a, 9 * a, 1, "path=\"other\",");
    };
    QCOMPARE(bench.valueOf(text(0, 0)), std::nullopt);
    QVERIFY(isNear(bench.valueOf(text(10, 30)), 0.1 + 0.9 * 10.0 / 30.0)); // 40 in all: rank 20 is the 10th of 30
}

void PromMeasureTest::beginsAHistogramAnewAsAWhole()
{
    Bench bench("t", As::Quantile, {}, 0.5);
    bench.read(histogram(2, 50, 50, 10));
    // Its lowest bucket has not gone back, but the program was started anew: 4 up to 0.1, none above.
    QCOMPARE(bench.valueOf(histogram(4, 4, 4, 1)), 0.05); // rank 2 of 4, from 0 to 0.1
}

void PromMeasureTest::hasNoPercentileWhereNothingCame()
{
    Bench bench("t", As::Quantile, {}, 0.5);
    bench.read(histogram(2, 50, 50, 10));
    const PromMeasure::Outcome outcome = bench.read(histogram(2, 50, 50, 10));
    QCOMPARE(outcome.value, std::nullopt);
    QCOMPARE(outcome.problem, QString());
}

void PromMeasureTest::takesTheMeanOfWhatCameSince()
{
    Bench bench("t", As::Mean);
    QCOMPARE(bench.valueOf(histogram(0, 50, 50, 10)), std::nullopt);
    QCOMPARE(bench.valueOf(histogram(0, 54, 54, 12)), 0.5); // 2 s of 4
    QCOMPARE(bench.valueOf(histogram(0, 54, 54, 12)), std::nullopt);
    QCOMPARE(bench.valueOf(histogram(0, 2, 2, 3)), 1.5); // begun anew
}

void PromMeasureTest::refusesNumbersThatAreNone_data()
{
    QTest::addColumn<As>("as");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("NaN") << As::Value << QByteArray("t 1\nt{a=\"b\"} NaN") << "answered with NaN for 't'";
    QTest::newRow("infinite") << As::Rate << QByteArray("t +Inf") << "answered with an infinite number for 't'";
    QTest::newRow("bucket") << As::Quantile << QByteArray("t_bucket{le=\"1\"} NaN") << "answered with NaN for 't'";
    QTest::newRow("sum beyond all numbers") << As::Value << QByteArray("t{a=\"1\"} 1e308\nt{a=\"2\"} 1e308")
                                            << "answered with numbers for 't' that are too large";
}

void PromMeasureTest::refusesNumbersThatAreNone()
{
    QFETCH(As, as);
    QFETCH(QByteArray, text);
    Bench bench("t", as, {}, 0.5);
    QTEST(bench.problemOf(text), "problem");
    QVERIFY(!bench.read(text).value);
}

void PromMeasureTest::refusesTooManySeries()
{
    Bench bench("t", As::Rate);
    QByteArray text;
    for (int i = 0; i <= PromMeasure::kMostSeries; ++i)
        text += "t{a=\"" + QByteArray::number(i) + "\"} 1\n";
    QCOMPARE(bench.problemOf(text), "answered with more than 10,000 numbers for 't'; choose some of them by labels");
}

QTEST_GUILESS_MAIN(PromMeasureTest)
#include "tst_prommeasure.moc"
