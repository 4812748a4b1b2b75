// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promcatalog.h"
#include "core/probes/promtext.h"

#include <QStringList>
#include <QTest>

#include <cmath>

using namespace Headroom;

namespace {

/// Every sample as "name{label=value;...} number", every type as "name:type".
QStringList shownLines(const QByteArray &text, QString *problem = nullptr)
{
    QStringList lines;
    const PromVisitor visitor{[&lines](const PromSample &sample) {
                                  QByteArray labels;
                                  for (const PromSample::Label &label : sample.labels)
                                      labels += label.name.toByteArray() + '=' + label.value() + ';';
                                  lines.append(QString::fromUtf8(sample.name.toByteArray() + '{' + labels + "} ")
                                               + QString::number(sample.value));
                              },
                              [&lines](QByteArrayView name, QByteArrayView type) {
                                  lines.append(QString::fromUtf8(name.toByteArray() + ':' + type.toByteArray()));
                              }};
    const auto read = readPromText(text, visitor);
    if (problem)
        *problem = read ? QString() : read.error().message;
    return lines;
}

} // namespace

class PromTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsALine_data();
    void readsALine();
    void readsAWholeText();
    void refusesALine_data();
    void refusesALine();
    void saysWhichLineIsWrong();
    void findsALabelByItsName();
    void stopsAtTheEndOfOpenMetrics();
    void listsMetricsByName();
    void listsNothingOfWhatCannotBeRead();
};

void PromTextTest::readsALine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QByteArray &line, const char *shown) {
        QTest::newRow(name) << line << QString::fromUtf8(shown);
    };
    row("bare", "up 1", "up{} 1");
    row("no labels", "up{} 1", "up{} 1");
    row("colons and digits", "job:x_2:rate5m 0.5", "job:x_2:rate5m{} 0.5");
    row("labels", "a{b=\"c\",d=\"e\"} 2", "a{b=c;d=e;} 2");
    row("comma at the end", "a{b=\"c\",} 2", "a{b=c;} 2");
    row("blanks everywhere", "\t a { b = \"c\" , d=\"e\" }  2\t", "a{b=c;d=e;} 2");
    row("escapes", "a{b=\"1\\\\2\\\"3\\n4\"} 2", "a{b=1\\2\"3\n4;} 2");
    row("escape of no meaning", "a{b=\"\\d\"} 2", "a{b=\\d;} 2");
    row("brace and comma inside", "a{b=\"},{\"} 2", "a{b=},{;} 2");
    row("empty value", "a{b=\"\"} 2", "a{b=;} 2");
    row("UTF-8", "a{b=\"\xc3\xbc\"} 2", "a{b=\xc3\xbc;} 2");
    row("time stamp", "a 2 1395066363000", "a{} 2");
    row("time stamp below zero", "a 2 -5", "a{} 2");
    row("exponent", "a 1.5e+3", "a{} 1500");
    row("plus", "a +2", "a{} 2");
    row("infinite", "a +Inf", "a{} inf");
    row("below infinite", "a -Inf", "a{} -inf");
    row("no number", "a NaN", "a{} nan");
    row("exemplar", "a_bucket{le=\"1\"} 17 # {trace_id=\"x\"} 0.67", "a_bucket{le=1;} 17");
    row("exemplar with times", "a 17 12.5 # {trace_id=\"x\"} 0.67 15.2", "a{} 17");
    row("name in quotes", "{\"my.metric\", b=\"c\"} 2", "my.metric{b=c;} 2");
    row("name of a label in quotes", "{\"my.metric\",\"b.c\"=\"d\"} 2", "my.metric{b.c=d;} 2");
    row("carriage return", "a 2\r", "a{} 2");
    row("type", "# TYPE a counter", "a:counter");
    row("type with blanks", "#  TYPE\ta   histogram ", "a:histogram");
    row("type of a name in quotes", "# TYPE \"my.metric\" gauge", "my.metric:gauge");
    row("help", "# HELP a Says \\n nothing", "");
    row("comment", "# anything {\"", "");
    row("nothing", "", "");
    row("blanks", "  \t", "");
}

void PromTextTest::readsALine()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, shown);
    QString problem;
    QCOMPARE(shownLines(line, &problem).join(u'|'), shown);
    QCOMPARE(problem, QString());
    QCOMPARE(shownLines("x 1\n" + line + "\ny 2\n").size(), shown.isEmpty() ? 2 : 3);
}

void PromTextTest::readsAWholeText()
{
    QCOMPARE(shownLines("# HELP http_requests_total All of them.\n"
                        "# TYPE http_requests_total counter\n"
                        "http_requests_total{method=\"post\",code=\"200\"} 1027 1395066363000\n"
                        "http_requests_total{method=\"post\",code=\"400\"}    3 1395066363000\n"
                        "\n"
                        "rpc_seconds{quantile=\"0.5\"} 4.7"),
             (QStringList{"http_requests_total:counter", "http_requests_total{method=post;code=200;} 1027",
                          "http_requests_total{method=post;code=400;} 3", "rpc_seconds{quantile=0.5;} 4.7"}));
}

void PromTextTest::refusesALine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("saying");
    const auto row = [](const char *name, const QByteArray &line, const char *saying) {
        QTest::newRow(name) << line << QString::fromUtf8(saying);
    };
    row("words", "hello world", "metric 'hello' has no number");
    row("HTML", "<html>", "a metric has no name");
    row("digit first", "1a 2", "a metric has no name");
    row("no number", "a", "metric 'a' has no number");
    row("no number behind labels", "a{b=\"c\"}", "metric 'a' has no number");
    row("number with a tail", "a 1x", "metric 'a' has no number");
    row("two signs", "a +-1", "metric 'a' has no number");
    row("too large", "a 1e999", "metric 'a' has no number");
    row("more behind it", "a 1 x", "metric 'a' has more than a number");
    row("more behind the time", "a 1 2 3", "metric 'a' has more than a number");
    row("labels without end", "a{b=\"c\" 1", "the labels do not end");
    row("text without end", "a{b=\"c} 1", "the value of label 'b' does not stand in quotes");
    row("escape at the end", "a{b=\"c\\", "the value of label 'b' does not stand in quotes");
    row("no quotes", "a{b=c} 1", "the value of label 'b' does not stand in quotes");
    row("no value", "a{b} 1", "a label has no value");
    row("no label", "a{,} 1", "a label has no name");
    row("second name in quotes", "a{\"b\"} 1", "a label has no value");
    row("no name at all", "{b=\"c\"} 1", "a metric has no name");
    row("zero byte", QByteArray("a\0 1", 4), "metric 'a' has no number");
}

void PromTextTest::refusesALine()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, saying);
    QString problem;
    QCOMPARE(shownLines(line, &problem), QStringList());
    QCOMPARE(problem, QStringLiteral("line 1: ") + saying);
}

void PromTextTest::saysWhichLineIsWrong()
{
    QString problem;
    QCOMPARE(shownLines("# HELP a b\n\na 1\nb x\nc 3\n", &problem), QStringList{"a{} 1"});
    QCOMPARE(problem, "line 4: metric 'b' has no number");
}

void PromTextTest::findsALabelByItsName()
{
    const PromVisitor visitor{[](const PromSample &sample) {
                                  QVERIFY(sample.label("d"));
                                  QCOMPARE(sample.label("d")->value(), "e");
                                  QVERIFY(!sample.label("e"));
                                  QCOMPARE(sample.labelText.toByteArray(), " b=\"c\", d=\"e\"");
                              },
                              {}};
    QVERIFY(readPromText("# TYPE a gauge\na{ b=\"c\", d=\"e\"} 1", visitor));
}

void PromTextTest::stopsAtTheEndOfOpenMetrics()
{
    QString problem;
    QCOMPARE(shownLines("a 1\n# EOF\nnonsense\n", &problem), QStringList{"a{} 1"});
    QCOMPARE(problem, QString());
}

void PromTextTest::listsMetricsByName()
{
    const auto metrics = promMetrics("# TYPE took histogram\n"
                                     "took_bucket{path=\"/\",le=\"1\"} 3\ntook_bucket{path=\"/\",le=\"+Inf\"} 4\n"
                                     "took_sum{path=\"/\"} 9\ntook_count{path=\"/\"} 4\n"
                                     "# TYPE hits counter\nhits{code=\"200\"} 1\nhits{code=\"500\",path=\"/\"} 2\n"
                                     "# TYPE never gauge\nlines_count 7\n");
    QVERIFY(metrics);
    QCOMPARE(*metrics, (std::vector<PromMetric>{{"hits", "counter", {"code", "path"}, 2},
                                                {"lines_count", "", {}, 1}, // of no histogram
                                                {"took", "histogram", {"path"}, 1}}));
}

void PromTextTest::listsNothingOfWhatCannotBeRead()
{
    QVERIFY(!promMetrics("<html>"));
    QVERIFY(promMetrics("")->empty());
    QByteArray many;
    for (int i = 0; i < 3000; ++i)
        many += "m" + QByteArray::number(i) + " 1\n";
    QCOMPARE(promMetrics(many)->size(), 2000u);
}

QTEST_GUILESS_MAIN(PromTextTest)
#include "tst_promtext.moc"
