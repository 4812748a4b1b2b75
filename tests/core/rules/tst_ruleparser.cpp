// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleedges.h"
#include "core/rules/ruleparser.h"

#include <QTest>

using namespace Headroom;
using Metric = Rule::Metric;
using Comparison = Rule::Comparison;
using Unit = Rule::Unit;

class RuleParserTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsMetrics_data();
    void readsMetrics();
    void readsPercentilesExactly_data();
    void readsPercentilesExactly();
    void readsSelectors_data();
    void readsSelectors();
    void readsShares();
    void readsArguments();
    void readsComparisons_data();
    void readsComparisons();
    void readsBounds_data();
    void readsBounds();
    void takesABoundThatIsNoDurationAsAProbes_data();
    void takesABoundThatIsNoDurationAsAProbes();
    void readsQualifiersInAnyOrder();
    void readsStageNamesWithBlanksAndKeywords();
    void hasNoQualifiersByDefault();
    void keepsTheTextTrimmed();
    void saysWhatEachEdgeOfARuleMeans_data();
    void saysWhatEachEdgeOfARuleMeans();
    void tellsWhatIsWrongAndWhere_data();
    void tellsWhatIsWrongAndWhere();
    void refusesTextsThatAreTooLong();
    void putsNoControlCharactersIntoMessages();
    void makesTheImplicitRule();
};

void RuleParserTest::readsMetrics_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Metric>("metric");
    QTest::addColumn<Unit>("unit");
    const auto row = [](const char *text, Metric metric, Unit unit) {
        QTest::newRow(text) << QString::fromLatin1(text) << metric << unit;
    };
    row("p95 < 1 s", Metric::Quantile, Unit::Duration);
    row("min > 1 ms", Metric::Min, Unit::Duration);
    row("max < 1 s", Metric::Max, Unit::Duration);
    row("mean < 1 s", Metric::Mean, Unit::Duration);
    row("errors < 1 %", Metric::Errors, Unit::Share);
    row("rejected < 1 %", Metric::Rejected, Unit::Share);
    row("share(429) < 1 %", Metric::Share, Unit::Share);
    row("dropped < 1 %", Metric::Dropped, Unit::Share);
    row("late < 1 %", Metric::Late, Unit::Share);
    row("achieved >= 99 %", Metric::Achieved, Unit::Share);
    row("count > 100", Metric::Count, Unit::Number);
    row("throughput > 50/s", Metric::Throughput, Unit::Rate);
    row("headroom >= 1.5", Metric::Headroom, Unit::Number);
    row("drained", Metric::Drained, Unit::Number);
    row("drained weight 2", Metric::Drained, Unit::Number);
    row("time_to_ready < 10 s", Metric::TimeToReady, Unit::Duration);
    row("bytes_in < 1 GiB", Metric::BytesIn, Unit::Bytes);
    row("bytes_out < 1 GiB", Metric::BytesOut, Unit::Bytes);
    row("last(queue) == 0", Metric::ProbeLast, Unit::Number);
    row("max(log) < 1/s", Metric::ProbeMax, Unit::Rate);
    row("last(log) <= 90/min", Metric::ProbeLast, Unit::Rate);
    row("growth(api.rss) <= 20 %", Metric::ProbeGrowth, Unit::Share);
    row("sustained(60 s) >= 45/s", Metric::Sustained, Unit::Rate);
    row("reached(users) >= 100", Metric::Reached, Unit::Number);
    row("opened <= 50", Metric::Opened, Unit::Number);
    row("first_byte(p95) < 200 ms", Metric::NetworkQuantile, Unit::Duration);
    row("resolve(max) < 50 ms", Metric::NetworkMax, Unit::Duration);
    row("connect(min) < 1 ms", Metric::NetworkMin, Unit::Duration);
    row("tls(mean) < 20 ms", Metric::NetworkMean, Unit::Duration);
    row("recovery(p95, burst) < 30 s", Metric::Recovery, Unit::Duration);
    row("cost(cpu) < 5 ms", Metric::Cost, Unit::Duration);
    row("cost(memory, api) < 10 MB", Metric::Cost, Unit::Bytes);
    row("cost(write_bytes, api) < 4 KiB", Metric::Cost, Unit::Bytes);
    row("cost(bytes_in) < 10 KB", Metric::Cost, Unit::Bytes);
    row("slope(api.rss) < 1 MB/min", Metric::ProbeSlope, Unit::Bytes);
    row("slope(api.cpu) < 5 %/h", Metric::ProbeSlope, Unit::Share);
    row("slope(log) < 1/s/h", Metric::ProbeSlope, Unit::Rate);
    row("leak(api.fds) < 2/min", Metric::ProbeLeak, Unit::Number);
    row("leak(api.rss) == 0", Metric::ProbeLeak, Unit::Number);
    row("max(api.rss) < 90 % of machine", Metric::ProbeMax, Unit::Share);
}

void RuleParserTest::readsMetrics()
{
    QFETCH(QString, text);
    const auto rule = parseRule(text);
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error().message));
    QTEST(rule->metric, "metric");
    QTEST(rule->unit, "unit");
}

void RuleParserTest::readsPercentilesExactly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("quantile");
    QTest::newRow("p1") << "p1 < 1 s" << 0.01;
    QTest::newRow("p5") << "p5 < 1 s" << 0.05;
    QTest::newRow("p50") << "p50 < 1 s" << 0.5;
    QTest::newRow("p99") << "p99 < 1 s" << 0.99;
    QTest::newRow("p99.9: not 99.9 / 100, which is 0.99900000000000011") << "p99.9 < 1 s" << 0.999;
    QTest::newRow("p99.99") << "p99.99 < 1 s" << 0.9999;
    QTest::newRow("service time") << "service.p99.9 < 1 s" << 0.999;
}

void RuleParserTest::readsPercentilesExactly()
{
    QFETCH(QString, text);
    QFETCH(double, quantile);
    const auto rule = parseRule(text);
    QVERIFY(rule);
    QVERIFY(rule->quantile == quantile); // to the bit
    QCOMPARE(rule->isServiceTime, text.startsWith(QLatin1String("service.")));
}

void RuleParserTest::readsSelectors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("selector");
    QTest::newRow("none") << "p95 < 1 s" << "";
    QTest::newRow("name") << "p95(retrieve) < 1 s" << "retrieve";
    QTest::newRow("blanks around") << "p95 ( retrieve ) < 1 s" << "retrieve";
    QTest::newRow("blank inside") << "p95(log in) < 1 s" << "log in";
    QTest::newRow("path") << "p95(/documents/${first}) < 1 s" << "/documents/${first}";
    QTest::newRow("glob") << "errors(/extract/*) < 1 %" << "/extract/*";
    QTest::newRow("brackets inside") << "p95(/items(1)/x) < 1 s" << "/items(1)/x";
    QTest::newRow("quoted, with comma and bracket") << "p95(\"a, b)\") < 1 s" << "a, b)";
    QTest::newRow("apostrophe inside") << "p95(bob's) < 1 s" << "bob's";
    QTest::newRow("not ASCII") << QStringLiteral("p95(größe) < 1 s") << QStringLiteral("größe");
}

void RuleParserTest::readsSelectors()
{
    QFETCH(QString, text);
    const auto rule = parseRule(text);
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error().message));
    QTEST(rule->selector, "selector");
}

void RuleParserTest::readsShares()
{
    const auto ofAll = parseRule(QStringLiteral("share(5xx) < 1 %"));
    QCOMPARE(ofAll->argument, QStringLiteral("5xx"));
    QCOMPARE(ofAll->selector, QString());
    const auto ofStep = parseRule(QStringLiteral("share(retrieve, connect_refused) < 1 %"));
    QCOMPARE(ofStep->argument, QStringLiteral("connect_refused"));
    QCOMPARE(ofStep->selector, QStringLiteral("retrieve"));
}

void RuleParserTest::readsArguments()
{
    const auto sustained = parseRule(QStringLiteral("sustained( retrieve , 1 min ) >= 5/s"));
    QCOMPARE(sustained->selector, QStringLiteral("retrieve"));
    QCOMPARE(sustained->length, std::optional(Nanoseconds(60s)));
    const auto recovery = parseRule(QStringLiteral("recovery(service.p99(\"a, b\"), end of burst) < 5 s"));
    QCOMPARE(recovery->recovers, Metric::Quantile);
    QVERIFY(recovery->quantile == 0.99 && recovery->isServiceTime);
    QCOMPARE(recovery->selector, QStringLiteral("a, b"));
    QCOMPARE(recovery->argument, QStringLiteral("end of burst"));
    const auto cost = parseRule(QStringLiteral("cost(memory, api) < 1 MB"));
    QCOMPARE(cost->resource, Rule::Resource::Memory);
    QCOMPARE(cost->selector, QStringLiteral("api"));
    QVERIFY(parseRule(QStringLiteral("max(api.rss) <= 50 % of machine for 5 s stop"))->isOfMachine);
}

void RuleParserTest::readsComparisons_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Comparison>("comparison");
    QTest::newRow("<") << "p95<1s" << Comparison::Less;
    QTest::newRow("<=") << "p95 <= 1s" << Comparison::LessOrEqual;
    QTest::newRow(">") << "p95 >1s" << Comparison::Greater;
    QTest::newRow(">=") << "p95>=1s" << Comparison::GreaterOrEqual;
    QTest::newRow("==") << "p95==1s" << Comparison::Equal;
    QTest::newRow("between") << "p95 between 1s and 2s" << Comparison::Between;
}

void RuleParserTest::readsComparisons()
{
    QFETCH(QString, text);
    const auto rule = parseRule(text);
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error().message));
    QTEST(rule->comparison, "comparison");
    QCOMPARE(rule->bound, 1000.0);
    QCOMPARE(rule->upperBound, rule->comparison == Comparison::Between ? 2000.0 : 0.0);
}

void RuleParserTest::readsBounds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("bound");
    QTest::newRow("milliseconds") << "p95 < 900 ms" << 900.0;
    QTest::newRow("microseconds") << "p95 < 250 us" << 0.25;
    QTest::newRow("sum of durations") << "p95 < 1 min 30 s" << 90'000.0;
    QTest::newRow("percent") << "errors < 0.1 %" << 0.001;
    QTest::newRow("negative percent") << "growth(api.rss) < -5 %" << -0.05;
    QTest::newRow("per minute") << "throughput > 600/min" << 10.0;
    QTest::newRow("plain is per second") << "throughput > 50" << 50.0;
    QTest::newRow("size") << "bytes_in < 2 KiB" << 2048.0;
    QTest::newRow("number") << "count > 1e3" << 1000.0;
    QTest::newRow("per minute stays") << "slope(a.b) < 1 MB/min" << 1e6;
    QTest::newRow("a fall per minute") << "slope(a.b) > -1 MB/min" << -1e6;
    QTest::newRow("0 without a unit below a size") << "slope(a.b) between 0 and 1 MB/min" << 0.0;
    QTest::newRow("0 without a unit above a size") << "slope(a.b) between -1 MB/min and 0" << -1e6;
    QTest::newRow("per hour is a sixtieth") << "slope(a.b) < 60 KB/h" << 1e3;
    QTest::newRow("per second is sixty times") << "leak(a.b) < 2/s" << 120.0;
    QTest::newRow("of machine") << "max(a.b) < 90 % of machine" << 0.9;
    QTest::newRow("bound and qualifier") << "p95 < 2 s for 10 s" << 2000.0;
}

void RuleParserTest::readsBounds()
{
    QFETCH(QString, text);
    const auto rule = parseRule(text);
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error().message));
    QTEST(rule->bound, "bound");
}

void RuleParserTest::takesABoundThatIsNoDurationAsAProbes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Metric>("metric");
    QTest::addColumn<Unit>("unit");
    QTest::addColumn<double>("bound");
    QTest::newRow("number") << "mean(queue) < 50" << Metric::ProbeMean << Unit::Number << 50.0;
    QTest::newRow("size") << "max(api.rss) < 1 GiB" << Metric::ProbeMax << Unit::Bytes << 1073741824.0;
    QTest::newRow("percent") << "p95(api.cpu) < 70 %" << Metric::ProbeP95 << Unit::Share << 0.7;
    QTest::newRow("minimum") << "min(queue) >= 0" << Metric::ProbeMin << Unit::Number << 0.0;
    QTest::newRow("duration: not settled yet") << "max(api.cpu_s) < 3 s" << Metric::Max << Unit::Duration << 3000.0;
    QTest::newRow("last takes a duration") << "last(api.cpu_s) < 3 s" << Metric::ProbeLast << Unit::Duration << 3000.0;
}

void RuleParserTest::takesABoundThatIsNoDurationAsAProbes()
{
    QFETCH(QString, text);
    const auto rule = parseRule(text);
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error().message));
    QTEST(rule->metric, "metric");
    QTEST(rule->unit, "unit");
    QTEST(rule->bound, "bound");
}

void RuleParserTest::readsQualifiersInAnyOrder()
{
    const auto rule = parseRule(QStringLiteral("p95 < 900 ms stop weight 2.5 from 30 s surely for 10 s during burst"));
    QVERIFY2(rule, rule ? "" : qPrintable(rule.error().message));
    QVERIFY(rule->isStop);
    QVERIFY(rule->isSurely);
    QCOMPARE(rule->weight, 2.5);
    QCOMPARE(rule->from, std::optional(Nanoseconds(30s)));
    QCOMPARE(rule->forLength, std::optional(Nanoseconds(10s)));
    QCOMPARE(rule->during, QStringLiteral("burst"));
}

void RuleParserTest::readsStageNamesWithBlanksAndKeywords()
{
    QCOMPARE(parseRule(QStringLiteral("p95 < 1 s during warm up for 10 s"))->during, QStringLiteral("warm up"));
    QCOMPARE(parseRule(QStringLiteral("p95 < 1 s during \"stop for lunch\" stop"))->during,
             QStringLiteral("stop for lunch"));
}

void RuleParserTest::hasNoQualifiersByDefault()
{
    const auto rule = parseRule(QStringLiteral("p95 < 900 ms"));
    QVERIFY(!rule->isStop && !rule->isSurely && !rule->isImplicit && !rule->from && !rule->forLength);
    QCOMPARE(rule->weight, 1.0);
    QCOMPARE(rule->during, QString());
}

void RuleParserTest::keepsTheTextTrimmed()
{
    QCOMPARE(parseRule(QStringLiteral("  p95  <  1 s \n"))->text, QStringLiteral("p95  <  1 s"));
}

void RuleParserTest::saysWhatEachEdgeOfARuleMeans_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("lower");
    QTest::addColumn<QString>("upper");
    const auto row = [](const char *text, const char *lower, const char *upper) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(lower) << QString::fromLatin1(upper);
    };
    row("p50 between 5 ms and 9 ms", "p50 >= 5 ms", "p50 <= 9 ms");
    row("p95(\"a between b\")  between 5 ms  and 9 ms during between stop", "p95(\"a between b\")  >= 5 ms during between stop",
        "p95(\"a between b\")  <= 9 ms during between stop");
    row("max(api.rss) between 10 % of machine and 90 % of machine from 3 s",
        "max(api.rss) >= 10 % of machine from 3 s",
        "max(api.rss) <= 90 % of machine from 3 s");
    row("p95(between) < 9 ms", "p95(between) < 9 ms", "p95(between) < 9 ms");
}

void RuleParserTest::saysWhatEachEdgeOfARuleMeans()
{
    QFETCH(QString, text);
    QFETCH(QString, lower);
    QFETCH(QString, upper);
    const auto rule = parseRule(text);
    QVERIFY(rule);
    const RuleEdges edges = ruleEdges(*rule);
    QCOMPARE(edges.lower, lower);
    QCOMPARE(edges.upper, upper);
    QVERIFY(parseRule(edges.lower) && parseRule(edges.upper)); // they are rules themselves
}

void RuleParserTest::tellsWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, int position, int length, const char *message) {
        QTest::newRow(text) << QString::fromLatin1(text) << position << length << QString::fromLatin1(message);
    };
    row("", 0, 1, "a rule begins with a metric, as in p95 < 900 ms");
    row("   ", 3, 1, "a rule begins with a metric, as in p95 < 900 ms");
    row("errrors < 1 %", 0, 7, "metric 'errrors' is not known (did you mean 'errors'?)");
    row("zebra < 1 %", 0, 5, "metric 'zebra' is not known");
    row("api.rss < 1 GiB", 0, 7,
        "metric 'api.rss' is not known; of a probe's series write a function, as in max(api.rss)");
    row("p100 < 1 s", 0, 4, "'p100' is not a percentile; write one from p1 to p99.99, or min or max");
    row("p0.5 < 1 s", 0, 4, "'p0.5' is not a percentile; write one from p1 to p99.99, or min or max");
    row("p99.999 < 1 s", 0, 7, "'p99.999' is not a percentile; write one from p1 to p99.99, or min or max");
    row("service.errors < 1 %", 0, 14, "'service.' stands only before percentiles, min, max and mean; leave it out");
    row("p95(retrieve < 1 s", 3, 1, "the bracket is not closed; write ) behind the name");
    row("p95(\"retrieve) < 1 s", 3, 1, "the bracket is not closed; write ) behind the name");
    row("p95() < 1 s", 4, 1, "a name is missing in the brackets");
    row("p95(a, b) < 1 s", 7, 1, "'p95' takes one name in its brackets");
    row("dropped(a) < 1 %", 7, 1, "'dropped' is of the whole run; leave the brackets out");
    row("growth < 1 %", 0, 6, "'growth' needs a probe's series, as in growth(api.rss)");
    row("share < 1 %", 0, 5, "'share' needs what to count, as in share(429) or share(retrieve, 5xx)");
    row("share(600) < 1 %", 6, 3, "'600' is not a status, a class like 4xx or a kind of failure");
    row("share(none) < 1 %", 6, 4, "'none' is not a status, a class like 4xx or a kind of failure");
    row("share(time_out) < 1 %", 6, 8,
        "'time_out' is not a status, a class like 4xx or a kind of failure (did you mean 'timeout'?)");
    row("p95", 3, 1, "a comparison is missing; write <, <=, >, >=, == or between");
    row("p95 = 1 s", 4, 1, "a comparison is missing; write <, <=, >, >=, == or between");
    row("p95 is 1 s", 4, 2, "a comparison is missing; write <, <=, >, >=, == or between");
    row("p95 <", 5, 1, "a bound is missing behind the comparison");
    row("p95 < stop", 6, 1, "a bound is missing behind the comparison");
    row("p95 < 900", 6, 3, "'900' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("errors < 0.01", 9, 4, "'0.01' is not a percentage; write a number and %, as in 1 %");
    row("max(api.rss) < much", 15, 4, "'much' is not a bound; write a number, a size, a duration, a rate or a percentage");
    row("max(api.rss) < 90 of machine", 15, 13, "'90 of machine' is not a bound; write a percentage, as in 90 % of machine");
    row("max(a) between 1 % and 2 % of machine", 23, 14, "both bounds need the same unit");
    row("sustained < 1/s", 0, 9, "'sustained' needs a length, as in sustained(60 s) or sustained(retrieve, 60 s)");
    row("sustained(a, b, 3 s) < 1/s", 0, 9, "'sustained' needs a length, as in sustained(60 s) or sustained(retrieve, 60 s)");
    row("sustained(retrieve) < 1/s", 10, 8, "'retrieve' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("sustained(1500 ms) < 1/s", 10, 7, "the length is whole seconds, from 1 s to 1 d");
    row("sustained(0 s) < 1/s", 10, 3, "the length is whole seconds, from 1 s to 1 d");
    row("sustained(2 d) < 1/s", 10, 3, "the length is whole seconds, from 1 s to 1 d");
    row("reached < 1", 0, 7, "'reached' takes users: reached(users)");
    row("reached(agents) < 1", 8, 6, "'reached' takes users: reached(users)");
    row("opened(api) < 1", 6, 1, "'opened' is of the whole run; leave the brackets out");
    row("opened >= 5 stop", 0, 6, "'stop' would end the run at once: opened begins at 0 and only grows");
    row("connect < 5 ms", 0, 7, "'connect' takes a percentile, min, max or mean of all steps, as in connect(p95)");
    row("tls(retrieve, p95) < 5 ms", 0, 3, "'tls' takes a percentile, min, max or mean of all steps, as in tls(p95)");
    row("first_byte(retrieve) < 5 ms", 11, 8,
        "'retrieve' is no function of times, and steps are not told apart; write mean, min, max or a percentile, as in first_byte(p95)");
    row("connect(errors) < 5 ms", 8, 6,
        "'errors' is no function of times, and steps are not told apart; write mean, min, max or a percentile, as in connect(p95)");
    row("service.first_byte(p95) < 5 ms", 0, 18,
        "'service.' stands only before percentiles, min, max and mean; leave it out");
    row("first_byte(p95) < 5 %", 18, 3, "'5 %' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("first_byte(max) < 5 ms surely", 0, 10, "'surely' needs a percentile of requests, a share or a slope; leave it out");
    row("recovery(first_byte, burst) < 1 s", 9, 10, "'first_byte' cannot recover; write a percentile, mean, max, errors or rejected, with a step in brackets or without");
    row("recovery(p95) < 1 s", 0, 8, "'recovery' needs a metric and a stage, as in recovery(p95, burst)");
    row("recovery(count, burst) < 1 s", 9, 5, "'count' cannot recover; write a percentile, mean, max, errors or rejected, with a step in brackets or without");
    row("recovery(p95(a, b), burst) < 1 s", 9, 9, "'p95(a, b)' cannot recover; write a percentile, mean, max, errors or rejected, with a step in brackets or without");
    row("recovery(p95, burst) < 1 s for 3 s", 0, 8, "'for' cannot stand with recovery, which has no value in a single second");
    row("recovery(p95, burst) < 1 s during burst", 0, 8, "'during' cannot stand with recovery, which names its stage; leave it out");
    const char *resources = "'cost' is of cpu, memory, read_bytes, write_bytes, bytes_in or bytes_out, as in cost(cpu) "
                            "or cost(memory, api)";
    row("cost < 1 ms", 0, 4, resources);
    row("cost(disk) < 1 ms", 5, 4, resources);
    row("cost(bytes_in, api) < 1 KB", 15, 3, "'cost(bytes_in)' is of the requests themselves; leave the name out");
    row("cost(memory) < 1 ms", 15, 4, "'1 ms' is not a size; write a number and B, KB, KiB, MB, MiB, GB or GiB, as in 10 KiB");
    row("slope(api.rss) < 1 MB", 17, 4, "'1 MB' is not a change over time; write one as in 1 MB/min, 5 %/h or 2/s");
    row("slope(a) > --1/min", 11, 7, "'--1/min' is not a change over time; write one as in 1 MB/min, 5 %/h or 2/s");
    row("leak(api.rss) < 1 MB/week", 16, 9, "'1 MB/week' is not a change over time; write one as in 1 MB/min, 5 %/h or 2/s");
    row("leak < 1 MB/min", 0, 4, "'leak' needs a probe's series, as in leak(api.rss)");
    row("leak(a) < 1/min for 5 s", 0, 4, "'for' cannot stand with leak, which has no value in a single second");
    row("leak(a) < 1/min surely", 0, 4, "'surely' needs a percentile of requests, a share or a slope; leave it out");
    row("reached(users) >= 5 stop", 0, 7, "'stop' would end the run at once: reached begins at 0 and only grows");
    row("P95 < 1 s", 0, 3, "metric 'P95' is not known (did you mean 'p95'?)");
    row("p95 < 1 s STOP", 6, 8, "'1 s STOP' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("p95 < 1 s during a during b", 19, 6, "'during' stands here twice");
    row("p95 < 1 s from 1 s from 2 s", 19, 4, "'from' stands here twice");
    row("p95 < 1 s for 1 s for 2 s", 18, 3, "'for' stands here twice");
    row("p95 < 1 s surely surely", 17, 6, "'surely' stands here twice");
    row("p95 < 1 s weight 2 weight 3", 19, 6, "'weight' stands here twice");
    row("p95 < 1 s weight 1 weight 3", 19, 6, "'weight' stands here twice");
    row("p95 < 1 s weight 1000001", 17, 7, "'weight' needs a number above 0, up to 1,000,000");
    row("p95 < 1 s weight", 10, 6, "'weight' needs a number above 0, up to 1,000,000");
    row("p95 < 1 s weight nan", 17, 3, "'weight' needs a number above 0, up to 1,000,000");
    row("p95 between 1 s", 12, 3, "'between' takes two bounds, as in between 10 ms and 20 ms");
    row("p95 between 2 s and 1 s", 12, 3, "the lower bound comes first");
    row("max(q) between 1 and 2 %", 21, 3, "both bounds need the same unit");
    row("p95 < 1 s stop now", 15, 3, "'now' cannot stand here; write during, from, for, stop, surely or weight");
    row("p95 < 1 s stop stop", 15, 4, "'stop' stands here twice");
    row("p95 < 1 s during", 10, 6, "'during' needs the name of a stage, as in during burst");
    row("p95 < 1 s for", 10, 3, "'for' needs a duration, as in for 10 s");
    row("p95 < 1 s from noon", 15, 4,
        "'noon' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("p95 < 1 s weight 0", 17, 1, "'weight' needs a number above 0, up to 1,000,000");
    row("p95 < 1 s for 10 ms", 0, 3, "'for' needs at least 1 s: every second is judged alone");
    row("growth(q) < 1 % for 3 s", 0, 6, "'for' cannot stand with growth, which has no value in a single second");
    row("max < 1 s surely", 0, 3, "'surely' needs a percentile of requests, a share or a slope; leave it out");
    row("errors == 0 % surely", 0, 6, "'surely' cannot stand with ==; write a bound");
    row("count > 100 stop", 0, 5, "'stop' would end the run at once: count begins at 0 and only grows");
}

void RuleParserTest::tellsWhatIsWrongAndWhere()
{
    QFETCH(QString, text);
    const auto rule = parseRule(text);
    QVERIFY(!rule);
    QTEST(rule.error().message, "message");
    QTEST(int(rule.error().position), "position");
    QTEST(int(rule.error().length), "length");
}

void RuleParserTest::refusesTextsThatAreTooLong()
{
    QVERIFY(parseRule(QStringLiteral("p95 < 1 s").leftJustified(1000)));
    const auto tooLong = parseRule(QStringLiteral("p95 < 1 s").leftJustified(1001));
    QVERIFY(!tooLong);
    QCOMPARE(tooLong.error().position, 1000);
}

void RuleParserTest::putsNoControlCharactersIntoMessages()
{
    for (const QString &text : {QStringLiteral("p95 < \x1b[31m"), QStringLiteral("share(\x1b) < 1 %"),
                                QStringLiteral("p95 < 1 s \x1b"), QStringLiteral("p95 < 1 s for \x1b")}) {
        const auto rule = parseRule(text);
        QVERIFY(!rule);
        QVERIFY2(!rule.error().message.contains(QChar(0x1b)), qPrintable(rule.error().message));
    }
}

void RuleParserTest::makesTheImplicitRule()
{
    const Rule rule = implicitAchievedRule();
    QVERIFY(rule.isImplicit);
    QCOMPARE(rule.text, QStringLiteral("achieved >= 99 %"));
    QCOMPARE(rule.metric, Metric::Achieved);
    QCOMPARE(rule.bound, 0.99);
}

QTEST_GUILESS_MAIN(RuleParserTest)
#include "tst_ruleparser.moc"
