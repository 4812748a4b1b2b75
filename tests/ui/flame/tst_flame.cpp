// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/flame/flamegraph.h"
#include "ui/flame/flamewindow.h"

#include <QCheckBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace Headroom;

namespace {

/// Nodes: 0 all, 1 main (10), 2 idle_[k] (1), 3 work (9), 4 read (2), 5 sort (3).
std::shared_ptr<const StackTree> stacks()
{
    return std::make_shared<const StackTree>(
        StackTree::parse("main;work;sort 3\nmain;idle_[k] 1\nmain;work;read 2\nmain;work 4\n"));
}

} // namespace

class FlameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void zoomsByClickAndGoesBack();
    void walksByKeys();
    void turnsUpsideDown();
    void searchesAndSaysTheShare();
    void saysWhatIsUnderTheMouse();
    void drawsInTheColoursOfTheTheme();
    void escapeClosesOnlyWhenAllIsShown();
    void savesWhatIsShown();
    void isFineWithoutSamples();
    void canBeUsedWithoutAMouse();
    void makesPictures();

private:
    std::unique_ptr<FlameWindow> m_window;
    FlameGraph *m_graph = nullptr;
};

void FlameTest::init()
{
    m_window = std::make_unique<FlameWindow>(QStringLiteral("flame-1.folded"), stacks());
    m_window->resize(800, 400);
    m_window->show();
    m_graph = &m_window->graph();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_graph->setFocus();
}

void FlameTest::zoomsByClickAndGoesBack()
{
    QSignalSpy roots(m_graph, &FlameGraph::rootChanged);
    QVERIFY(m_graph->placeOf(5).width() < m_graph->width() / 2);
    QTest::mouseClick(m_graph, Qt::LeftButton, {}, m_graph->placeOf(3).center());
    QCOMPARE(m_graph->root(), 3);
    QCOMPARE(m_graph->placeOf(3).width(), m_graph->width());
    QVERIFY(m_graph->placeOf(2).isEmpty()); // idle is none of its callers
    QCOMPARE(m_graph->placeOf(1).width(), m_graph->width()); // main is
    QTest::mouseClick(m_graph, Qt::LeftButton, {}, m_graph->placeOf(5).center());
    QCOMPARE(m_graph->root(), 5);
    QTest::keyClick(m_graph, Qt::Key_Backspace);
    QCOMPARE(m_graph->root(), 3);
    QTest::keyClick(m_graph, Qt::Key_Escape);
    QCOMPARE(m_graph->root(), 0);
    QCOMPARE(roots.size(), 4);
    QVERIFY(!m_graph->goBack());
}

void FlameTest::walksByKeys()
{
    QTest::keyClick(m_graph, Qt::Key_Up); // towards what is called
    QCOMPARE(m_graph->current(), 1);
    QTest::keyClick(m_graph, Qt::Key_Up); // the broadest of them
    QCOMPARE(m_graph->current(), 3);
    QTest::keyClick(m_graph, Qt::Key_Left);
    QCOMPARE(m_graph->current(), 2);
    QTest::keyClick(m_graph, Qt::Key_Left); // there is no other
    QCOMPARE(m_graph->current(), 2);
    QTest::keyClick(m_graph, Qt::Key_Right);
    QTest::keyClick(m_graph, Qt::Key_Return);
    QCOMPARE(m_graph->root(), 3);
    QTest::keyClick(m_graph, Qt::Key_Down); // its caller
    QCOMPARE(m_graph->current(), 1);
    QTest::keyClick(m_graph, Qt::Key_Home);
    QCOMPARE(m_graph->root(), 0);
    QCOMPARE(m_graph->accessibleDescription(), QStringLiteral("all: 10 of 10 samples, 100 %"));
}

void FlameTest::turnsUpsideDown()
{
    QVERIFY(m_graph->placeOf(1).top() > m_graph->placeOf(3).top());
    m_window->findChild<QCheckBox *>(QStringLiteral("flameOnTop"))->click();
    QVERIFY(m_graph->placeOf(1).top() < m_graph->placeOf(3).top());
    QTest::keyClick(m_graph, Qt::Key_Down);
    QCOMPARE(m_graph->current(), 1); // where it is drawn
}

void FlameTest::searchesAndSaysTheShare()
{
    auto *search = m_window->findChild<QLineEdit *>(QStringLiteral("flameSearch"));
    auto *found = m_window->findChild<QLabel *>(QStringLiteral("flameFound"));
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("R")); // read, sort and work: work has the two others
    QCOMPARE(found->text(), QStringLiteral("in 90 % of the samples"));
    QTest::keyClicks(search, QStringLiteral("EAD"));
    QCOMPARE(found->text(), QStringLiteral("in 20 % of the samples"));
    search->clear();
    QCOMPARE(found->text(), QString());
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(m_graph->hasFocus());
}

void FlameTest::saysWhatIsUnderTheMouse()
{
    const QPoint place = m_graph->placeOf(3).center();
    QHelpEvent help(QEvent::ToolTip, place, m_graph->mapToGlobal(place));
    QCoreApplication::sendEvent(m_graph, &help);
    QVERIFY(QToolTip::text().contains(QStringLiteral("work: 9 of 10 samples, 90 %; 40 % its own")));
    QToolTip::hideText();
}

void FlameTest::drawsInTheColoursOfTheTheme()
{
    const Theme light = Theme::of(m_graph->palette());
    const auto colorAt = [this](int node) { // beside its name
        const QRect place = m_graph->placeOf(node);
        return m_graph->grab().toImage().pixelColor(place.right() - 4, place.top() + 2);
    };
    QVERIFY(std::ranges::contains(light.flames, colorAt(3)));
    QCOMPARE(colorAt(2), light.flameKernel);
    m_graph->search(QStringLiteral("work"));
    QCOMPARE(colorAt(3), light.flameFound);
    m_graph->search({});
    applyColorMode(ColorMode::Dark);
    QTRY_VERIFY(Theme::of(m_graph->palette()).isDark);
    const Theme dark = Theme::of(m_graph->palette());
    QCOMPARE(colorAt(2), dark.flameKernel);
    applyColorMode(ColorMode::Light);
}

void FlameTest::escapeClosesOnlyWhenAllIsShown()
{
    m_graph->zoomTo(3);
    QTest::keyClick(m_graph, Qt::Key_Escape);
    QVERIFY(m_window->isVisible());
    QTest::keyClick(m_graph, Qt::Key_Escape);
    QVERIFY(!m_window->isVisible());
}

void FlameTest::savesWhatIsShown()
{
    QSignalSpy wanted(m_window.get(), &FlameWindow::saveWanted);
    m_graph->zoomTo(3);
    m_window->findChild<QPushButton *>(QStringLiteral("flameSave"))->click();
    QCOMPARE(wanted.size(), 1);
    QVERIFY(wanted[0][0].toByteArray().contains(">sort<"));
    QVERIFY(!wanted[0][0].toByteArray().contains("idle"));
    QCOMPARE(wanted[0][1].toString(), QStringLiteral("flame-1.folded"));
}

void FlameTest::isFineWithoutSamples()
{
    m_graph->setTree(std::make_shared<const StackTree>());
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Return, Qt::Key_Home})
        QTest::keyClick(m_graph, key);
    QCOMPARE(m_graph->root(), 0);
    QVERIFY(!m_graph->search(QStringLiteral("a")));
    QVERIFY(!m_graph->grab().isNull());
}

void FlameTest::canBeUsedWithoutAMouse()
{
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        if (widget->focusPolicy() & Qt::TabFocus)
            QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
    }
    QCOMPARE(m_graph->accessibleName(), QStringLiteral("Flame graph"));
    m_window->findChild<QPushButton *>(QStringLiteral("flameAll"))->setFocus();
    m_graph->zoomTo(3);
    QTest::keyClick(m_window->findChild<QPushButton *>(QStringLiteral("flameAll")), Qt::Key_Space);
    QCOMPARE(m_graph->root(), 0);
}

/// Pictures to be looked at, into the folder that HEADROOM_PICTURES names; HEADROOM_STACKS may name a folded file.
void FlameTest::makesPictures()
{
    const QString folder = qEnvironmentVariable("HEADROOM_PICTURES");
    if (folder.isEmpty())
        QSKIP("no pictures are wanted");
    if (QFile file(qEnvironmentVariable("HEADROOM_STACKS")); file.open(QIODevice::ReadOnly))
        m_graph->setTree(std::make_shared<const StackTree>(StackTree::parse(file.readAll())));
    m_window->resize(1200, 700);
    m_window->findChild<QLineEdit *>(QStringLiteral("flameSearch"))->setText(QStringLiteral("work"));
    for (const ColorMode mode : {ColorMode::Light, ColorMode::Dark}) {
        applyColorMode(mode);
        QCoreApplication::processEvents();
        QVERIFY(m_window->grab().save(
            folder
            + (mode == ColorMode::Dark ? QStringLiteral("/flame-dark.png") : QStringLiteral("/flame-light.png"))));
    }
    applyColorMode(ColorMode::Light);
}

QTEST_MAIN(FlameTest)
#include "tst_flame.moc"
