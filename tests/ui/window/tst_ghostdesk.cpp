// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/ghostdesk.h"

#include "tests/core/report/sessionfixture.h"
#include "ui/charts/chartboard.h"
#include "ui/charts/runcharts.h"

#include <QFileDialog>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

class GhostDeskTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void laysASessionBehindTheCharts();
    void takesOnlyTheLastOneWanted();
    void takesThemAway();
    void keepsWhatIsThereWhenAnotherCannotBeRead();
    void saysWhenNothingIsInCommon();
    void asksWhich();

private:
    QString write(const QString &name);
    QStringList shownLines() const { return m_charts->ghostLines(QStringLiteral("latency")); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<QWidget> m_window;
    ChartBoard *m_charts = nullptr;
    GhostDesk *m_desk = nullptr;
};

void GhostDeskTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
    m_window = std::make_unique<QWidget>();
    m_charts = new ChartBoard(m_window.get());
    const RunCharts charts = chartsOf(smallHead().facts, {});
    m_charts->setCharts(charts.charts, charts.columns);
    m_desk = new GhostDesk(*m_settings, *m_charts, m_window.get());
}

void GhostDeskTest::cleanup() { m_window.reset(); }

QString GhostDeskTest::write(const QString &name)
{
    const QString path = m_folder->filePath(name + QStringLiteral(".headroom"));
    SessionHead head = smallHead();
    head.facts.name = name;
    auto writer = SessionWriter::create(path, head);
    for (const MetricsFrame &frame : smallFrames()) {
        if (!writer || !(*writer)->append(frame))
            return {};
    }
    return (*writer)->finish({}, head.startedAtMs + 4000) ? path : QString();
}

void GhostDeskTest::laysASessionBehindTheCharts()
{
    QSignalSpy laid(m_desk, &GhostDesk::laid);
    QVERIFY(!m_desk->isThere());
    m_desk->lay(write(QStringLiteral("Earlier")));
    QVERIFY(m_desk->isThere()); // or soon will be
    QVERIFY(laid.wait());
    QVERIFY(shownLines().contains(QStringLiteral("p95")));
    QVERIFY(m_charts->ghost()->name.startsWith(QStringLiteral("Earlier, ")));
    QVERIFY(laid[0][0].toString().startsWith(QStringLiteral("Pale behind the lines: Earlier, ")));
}

void GhostDeskTest::takesOnlyTheLastOneWanted()
{
    QSignalSpy laid(m_desk, &GhostDesk::laid);
    const QString first = write(QStringLiteral("First"));
    const QString second = write(QStringLiteral("Second"));
    m_desk->lay(first);
    m_desk->lay(second);
    QVERIFY(laid.wait());
    QVERIFY(m_charts->ghost()->name.startsWith(QStringLiteral("Second, ")));
    QCOMPARE(laid.size(), 1);
}

void GhostDeskTest::takesThemAway()
{
    QSignalSpy laid(m_desk, &GhostDesk::laid);
    const QString session = write(QStringLiteral("Earlier"));
    m_desk->lay(session);
    m_desk->remove(); // while it is being read
    QVERIFY(!m_desk->isThere());
    QVERIFY(!laid.wait(200));
    m_desk->lay(session);
    QVERIFY(laid.wait());
    const QSignalSpy changed(m_desk, &GhostDesk::changed);
    m_desk->remove();
    QCOMPARE(changed.size(), 1);
    QVERIFY(shownLines().isEmpty());
    m_desk->remove();
    QCOMPARE(changed.size(), 1);
}

void GhostDeskTest::keepsWhatIsThereWhenAnotherCannotBeRead()
{
    QSignalSpy laid(m_desk, &GhostDesk::laid);
    QSignalSpy failed(m_desk, &GhostDesk::failed);
    m_desk->lay(write(QStringLiteral("Earlier")));
    QVERIFY(laid.wait());
    m_desk->lay(m_folder->filePath(QStringLiteral("nowhere.headroom")));
    QVERIFY(failed.wait());
    QVERIFY(!shownLines().isEmpty());
    QVERIFY(m_desk->isThere());
}

void GhostDeskTest::saysWhenNothingIsInCommon()
{
    ChartSpec other{QStringLiteral("other"), QStringLiteral("Other"), ChartSpec::Unit::Count, false, {}, {}};
    other.lines = {{QStringLiteral("x"), 0, 0}};
    m_charts->setCharts({other}, 1);
    QSignalSpy laid(m_desk, &GhostDesk::laid);
    m_desk->lay(write(QStringLiteral("Earlier")));
    QVERIFY(laid.wait());
    QVERIFY(laid[0][0].toString().contains(QStringLiteral("no line in common")));
}

void GhostDeskTest::asksWhich()
{
    QSignalSpy laid(m_desk, &GhostDesk::laid);
    const QString session = write(QStringLiteral("Earlier"));
    m_desk->choose();
    auto *dialog = m_window->findChild<QFileDialog *>(QStringLiteral("ghostDialog"));
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(session);
    dialog->close();
    QVERIFY(laid.wait());
    QCOMPARE(m_settings->lastFolder(), m_folder->path());
}

QTEST_MAIN(GhostDeskTest)
#include "tst_ghostdesk.moc"
