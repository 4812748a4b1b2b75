// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/expositiontext.h"
#include "app/target/requestcounts.h"

#include <QTest>

#include <cmath>

using namespace Headroom;

class ExpositionTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFamilies();
    void escapes();
    void writesNumbers();
    void countsRequestsByMethodPathAndStatus();
    void putsDurationsIntoBuckets();
};

void ExpositionTextTest::writesFamilies()
{
    ExpositionText text;
    text.begin("up", "gauge", "Whether it is up.");
    text.add(1);
    text.begin("seen_total", "counter", "What was seen.");
    const std::pair<QByteArray, QByteArray> labels[]{{"kind", "a"}, {"colour", "red"}};
    text.addCount(18446744073709551615u, labels);
    QCOMPARE(text.text(),
             "# HELP up Whether it is up.\n# TYPE up gauge\nup 1\n"
             "# HELP seen_total What was seen.\n# TYPE seen_total counter\n"
             "seen_total{kind=\"a\",colour=\"red\"} 18446744073709551615\n");
}

void ExpositionTextTest::escapes()
{
    ExpositionText text;
    text.begin("m", "gauge", "A \\ and a \"\nline.");
    const std::pair<QByteArray, QByteArray> labels[]{{"path", "C:\\a\"b\nc"}};
    text.add(0.5, labels);
    QCOMPARE(text.text(), "# HELP m A \\\\ and a \"\\nline.\n# TYPE m gauge\nm{path=\"C:\\\\a\\\"b\\nc\"} 0.5\n");
}

void ExpositionTextTest::writesNumbers()
{
    QCOMPARE(ExpositionText::number(0.1), "0.1");
    QCOMPARE(ExpositionText::number(1792000000.125), "1792000000.125");
    QCOMPARE(ExpositionText::number(INFINITY), "+Inf");
    QCOMPARE(ExpositionText::number(-INFINITY), "-Inf");
    QCOMPARE(ExpositionText::number(NAN), "NaN");
}

void ExpositionTextTest::countsRequestsByMethodPathAndStatus()
{
    RequestCounts counts;
    counts.add("POST", "/retrieve", 200, 1ms);
    counts.add("POST", "/retrieve", 200, 1ms);
    counts.add("POST", "/retrieve", 429, 0ms);
    counts.add("GET", "none", 404, 0ms);
    counts.add("GET", "/stats", 503, 0ms);
    QCOMPARE(counts.errors(), 2u);
    QCOMPARE(counts.byStatus(), (std::map<int, std::uint64_t>{{200, 2}, {404, 1}, {429, 1}, {503, 1}}));
    ExpositionText text;
    counts.writeTo(text);
    for (const char *line : {"headroom_target_requests_total{method=\"POST\",path=\"/retrieve\",status=\"200\"} 2\n",
                             "headroom_target_requests_total{method=\"POST\",path=\"/retrieve\",status=\"429\"} 1\n",
                             "headroom_target_requests_total{method=\"GET\",path=\"none\",status=\"404\"} 1\n",
                             "headroom_target_requests_total{method=\"GET\",path=\"/stats\",status=\"503\"} 1\n",
                             "headroom_target_errors_total 2\n"})
        QVERIFY2(text.text().contains(line), line);
}

void ExpositionTextTest::putsDurationsIntoBuckets()
{
    // The ends belong to their bucket: 0.5 ms is in the first, 1 ms in the second; 11 s is above all.
    RequestCounts counts;
    counts.add("GET", "/a", 200, 500us);
    counts.add("GET", "/a", 200, 1ms);
    counts.add("GET", "/a", 200, 11s);
    ExpositionText text;
    counts.writeTo(text);
    const QByteArray name = "headroom_target_request_duration_seconds";
    for (const char *rest : {"_bucket{path=\"/a\",le=\"0.0005\"} 1\n", "_bucket{path=\"/a\",le=\"0.001\"} 2\n",
                             "_bucket{path=\"/a\",le=\"10\"} 2\n", "_bucket{path=\"/a\",le=\"+Inf\"} 3\n",
                             "_sum{path=\"/a\"} 11.0015\n", "_count{path=\"/a\"} 3\n"})
        QVERIFY2(text.text().contains('\n' + name + rest), rest);
}

QTEST_GUILESS_MAIN(ExpositionTextTest)
#include "tst_expositiontext.moc"
