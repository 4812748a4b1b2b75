// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"
#include "tests/core/report/sessionfixture.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Headroom;

/// The HTML report in a browser. The page's policy forbids every load and every script but its own two, and the browser
/// says on its console what it refused: an empty console is a page that ran and asked for nothing.
class HtmlPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void drawsItsChartsInSilence();
    void wouldBeHeardIfItLoadedSomething();
    void noTextOfAMarkLiesOnAnother();

private:
    struct Visit
    {
        bool hasEnded = false;
        QString page; ///< As it stands after its scripts have run.
        QStringList console;
    };
    Visit visit(const QByteArray &page) const;

    QString m_browser;
};

namespace {

constexpr int kLimitMs = 40'000; // a browser's first start takes seconds on a slow disk

QByteArray reportPage()
{
    SessionHead head = smallHead();
    head.facts.name = QStringLiteral("</script><img src=x onerror=alert(1)>");
    head.facts.rules += QStringLiteral("p95 < 45 ms");
    head.facts.series = {{QStringLiteral("api"), QStringLiteral("rss"), QStringLiteral("bytes")}};
    return htmlReport(reportOf(head, smallFrames()));
}

/// A report whose page writes what it draws as text into an attribute of its body: chart, text, left, right and height.
QByteArray tellingPage(const ReportModel &model)
{
    QByteArray page = htmlReport(model);
    page.replace("Content-Security-Policy", "nothing"); // for another script
    page.replace("<script type=\"application/json\"", R"(<script>
        const usual = CanvasRenderingContext2D.prototype.fillText;
        const drawn = new Set(); // a chart may be drawn twice
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
            const left = this.textAlign === 'right' ? x - this.measureText(text).width : x;
            const chart = this.canvas.closest('figure').id;
            drawn.add([chart, text, left, left + this.measureText(text).width, y].join('|'));
            document.body.setAttribute('drawn', [...drawn].join('\n'));
            usual.call(this, text, x, y);
        };
        </script><script type="application/json")");
    return page;
}

struct DrawnText
{
    QString text;
    double left = 0.0;
    double right = 0.0;
    double height = 0.0;
};

/// Those of the chart of the load, which has no rule here.
std::vector<DrawnText> textsIn(const QString &page)
{
    static const QRegularExpression kDrawn(QStringLiteral("drawn=\"([^\"]*)\""));
    std::vector<DrawnText> texts;
    for (const QString &line : kDrawn.match(page).captured(1).split(u'\n')) {
        const QStringList parts = line.split(u'|');
        if (parts.size() == 5 && parts[0] == u"chart-load")
            texts.push_back({parts[1], parts[2].toDouble(), parts[3].toDouble(), parts[4].toDouble()});
    }
    return texts;
}

bool touch(const DrawnText &one, const DrawnText &other)
{
    constexpr double kRow = 11.0; // px, of the letters
    return std::abs(one.height - other.height) < kRow && one.left < other.right && other.left < one.right;
}

} // namespace

void HtmlPageTest::initTestCase()
{
    for (const char *name : {"chromium", "chromium-browser", "google-chrome"}) {
        if (m_browser.isEmpty())
            m_browser = QStandardPaths::findExecutable(QLatin1String(name));
    }
    QVERIFY2(!m_browser.isEmpty(), "there is no Chromium here; the test packages bring it");
}

HtmlPageTest::Visit HtmlPageTest::visit(const QByteArray &page) const
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("report.html")));
    if (!file.open(QIODevice::WriteOnly) || file.write(page) != page.size())
        return {};
    file.close();
    QProcess browser;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("HOME"), folder.path());
    browser.setProcessEnvironment(environment);
    // The resolver knows no name, so that the browser's own wishes stay here too.
    browser.start(m_browser,
                  {QStringLiteral("--headless=new"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"),
                   QStringLiteral("--no-first-run"), QStringLiteral("--disable-background-networking"),
                   QStringLiteral("--host-resolver-rules=MAP * ~NOTFOUND"), QStringLiteral("--enable-logging=stderr"),
                   QStringLiteral("--user-data-dir=") + folder.filePath(QStringLiteral("profile")),
                   QStringLiteral("--virtual-time-budget=5000"), QStringLiteral("--dump-dom"),
                   QStringLiteral("file://") + file.fileName()});
    Visit visit;
    visit.hasEnded = browser.waitForFinished(kLimitMs) && browser.exitStatus() == QProcess::NormalExit;
    visit.page = QString::fromUtf8(browser.readAllStandardOutput());
    for (const QString &line : QString::fromUtf8(browser.readAllStandardError()).split(QLatin1Char('\n'))) {
        if (line.contains(QLatin1String("CONSOLE")))
            visit.console += line;
    }
    return visit;
}

void HtmlPageTest::drawsItsChartsInSilence()
{
    const Visit visited = visit(reportPage());
    QVERIFY(visited.hasEnded);
    QVERIFY2(visited.console.isEmpty(), qPrintable(visited.console.join(QLatin1Char('\n'))));
    // Load, response, service, queues, memory, lateness and processor: two layers each. The last chart's legend is the last thing the script
    // makes.
    QCOMPARE(visited.page.count(QStringLiteral("class=\"chart drawn\"")), 7);
    QCOMPARE(visited.page.count(QStringLiteral("<canvas")), 14);
    QCOMPARE(visited.page.count(QStringLiteral("aria-pressed=\"true\"")), 6 + 3 + 4 + 3 + 1 + 2 + 3); // service: with the first byte
    QVERIFY(visited.page.contains(QStringLiteral("id=\"verdict-words\"")));
    QVERIFY(!visited.page.contains(QStringLiteral("<img")));
}

void HtmlPageTest::wouldBeHeardIfItLoadedSomething()
{
    QByteArray page = reportPage();
    page.replace("<main>",
                 "<main><img src=\"http://127.0.0.1:9/x.png\"><b onclick=\"alert(1)\"></b><script>alert(1)</script>");
    const Visit visited = visit(page);
    QVERIFY(visited.hasEnded);
    QVERIFY2(visited.console.size() >= 2, qPrintable(visited.console.join(QLatin1Char('\n'))));
}

void HtmlPageTest::noTextOfAMarkLiesOnAnother()
{
    // Marks of the same moment were written over each other, and beside the right edge over those before them.
    std::vector<MetricsFrame> frames = smallFrames();
    frames.front().events.push_back({1ms, QStringLiteral("note"), QStringLiteral("the target was ready after 512 ms")});
    for (MetricsFrame &frame : frames) {
        for (int i = 0; i < 8 && frame.second > 0; ++i)
            frame.events.push_back({1s * frame.second, QStringLiteral("note"), QStringLiteral("%1 of second %2").arg(i).arg(frame.second)});
    }
    const Visit visited = visit(tellingPage(reportOf(smallHead(), frames)));
    QVERIFY(visited.hasEnded);
    const std::vector<DrawnText> texts = textsIn(visited.page);
    QVERIFY(std::ranges::contains(texts, QStringLiteral("warm up"), &DrawnText::text));
    QVERIFY(std::ranges::contains(texts, QStringLiteral("ready after 512 ms"), &DrawnText::text));
    QCOMPARE(texts.size(), 6u); // of the eight of second 1 those for which there is a row; second 2 is the right edge
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY2(!touch(texts[i], texts[j]), qPrintable(texts[i].text + QStringLiteral(" on ") + texts[j].text));
    }
}

QTEST_GUILESS_MAIN(HtmlPageTest)
#include "tst_htmlpage.moc"
