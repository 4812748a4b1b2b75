// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/replaybar.h"

#include "core/session/sessionwriter.h"
#include "tests/core/report/sessionfixture.h"
#include "tests/support/manualclock.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace Headroom;

class ReplayBarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isHiddenWithoutAReplay();
    void showsTheReplaysPlace();
    void followsTheReplay();
    void reachesAnEndBetweenTwoMilliseconds();
    void playsAndPauses();
    void movesByKeys_data();
    void movesByKeys();
    void movesAlsoByButtons();
    void keepsAHeldKeyFromSeekingTooOften();
    void staysWhereItWasPutUntilTheReplayIsThere();
    void setsTheSpeed();
    void changesTheSpeedByKeys();
    void takesTheKeysOfOthers();
    void showsTheWallClock();
    void saysWhereARunWasInterrupted();
    void draggingSeeksAtMostTenTimesASecond();
    void clickGoesToThePlace();
    void takesAnotherReplay();
    void namesItsControls();

private:
    QTemporaryDir m_folder;
    QString m_path;
};

namespace {

constexpr int kSeconds = 100; // of the session

struct Fixture
{
    explicit Fixture(const QString &path)
    {
        QSignalSpy loaded(&replayer, &SessionReplayer::loaded);
        replayer.open(path);
        if (!loaded.wait())
            qFatal("the session was not loaded");
        bar.setReplayer(&replayer);
        bar.resize(800, 40);
        bar.show();
    }
    ~Fixture() { bar.setReplayer(nullptr); }

    ManualClock clock;
    SessionReplayer replayer{clock};
    ReplayBar bar;
    QToolButton *play = bar.findChild<QToolButton *>(QStringLiteral("replayPlay"));
    QSlider *slider = bar.findChild<QSlider *>(QStringLiteral("replayPosition"));
    QLabel *time = bar.findChild<QLabel *>(QStringLiteral("replayTime"));
    QComboBox *speed = bar.findChild<QComboBox *>(QStringLiteral("replaySpeed"));
};

QString write(const QString &path, const RunEnding &ending = {}, Nanoseconds lastLength = 1s)
{
    auto writer = SessionWriter::create(path, smallHead());
    if (!writer)
        return writer.error().text();
    MetricsFrame frame = smallFrames()[1];
    for (frame.second = 0; frame.second < kSeconds; ++frame.second) {
        if (frame.second == kSeconds - 1)
            frame.length = lastLength;
        if (const auto appended = (*writer)->append(frame); !appended)
            return appended.error().text();
    }
    const auto finished = (*writer)->finish(ending, smallHead().startedAtMs + 1000 * kSeconds);
    return finished ? QString() : finished.error().text();
}

} // namespace

void ReplayBarTest::initTestCase()
{
    m_path = m_folder.filePath(QStringLiteral("run.headroom"));
    QCOMPARE(write(m_path), QString());
}

void ReplayBarTest::isHiddenWithoutAReplay()
{
    ReplayBar bar;
    QVERIFY(bar.isHidden());
    bar.togglePlaying(); // nothing to play
    Fixture f(m_path);
    QVERIFY(!f.bar.isHidden());
    f.bar.setReplayer(nullptr);
    QVERIFY(f.bar.isHidden());
}

void ReplayBarTest::showsTheReplaysPlace()
{
    Fixture f(m_path);
    QCOMPARE(f.slider->maximum(), 100'000); // ms
    QCOMPARE(f.slider->value(), 100'000);
    QCOMPARE(f.time->text(), QStringLiteral("1:40 of 1:40"));
}

void ReplayBarTest::followsTheReplay()
{
    Fixture f(m_path);
    f.replayer.seek(42s);
    QCOMPARE(f.slider->value(), 42'000);
    QCOMPARE(f.time->text(), QStringLiteral("0:42 of 1:40"));
    f.replayer.play();
    f.clock.advance(3s);
    QCOMPARE(f.slider->value(), 45'000);
    QCOMPARE(f.replayer.position(), 45s); // following is not seeking
}

void ReplayBarTest::reachesAnEndBetweenTwoMilliseconds()
{
    const QString path = m_folder.filePath(QStringLiteral("between.headroom"));
    QCOMPARE(write(path, {}, 250ms + 300us), QString());
    Fixture f(path);
    f.replayer.seek(50s);
    QTest::keyClick(f.slider, Qt::Key_End);
    QCOMPARE(f.slider->value(), 99'250);
    QCOMPARE(f.replayer.position(), Nanoseconds(99s + 250ms + 300us));
}

void ReplayBarTest::playsAndPauses()
{
    Fixture f(m_path);
    QCOMPARE(f.play->text(), QStringLiteral("Play"));
    f.play->click();
    QVERIFY(f.replayer.isPlaying());
    QCOMPARE(f.play->text(), QStringLiteral("Pause"));
    QCOMPARE(f.play->accessibleName(), QStringLiteral("Pause the replay"));
    QTest::keyClick(f.slider, Qt::Key_Space);
    QVERIFY(!f.replayer.isPlaying());
    QTest::keyClick(f.play, Qt::Key_Space);
    QVERIFY(f.replayer.isPlaying());
    f.bar.togglePlaying();
    QVERIFY(!f.replayer.isPlaying());
    QCOMPARE(f.play->text(), QStringLiteral("Play"));
}

void ReplayBarTest::movesByKeys_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<int>("second"); // from 50 on
    const Qt::KeyboardModifiers none, shift = Qt::ShiftModifier;
    QTest::newRow("left") << Qt::Key_Left << none << 49;
    QTest::newRow("right") << Qt::Key_Right << none << 51;
    QTest::newRow("left with Shift: ten") << Qt::Key_Left << shift << 40;
    QTest::newRow("right with Shift") << Qt::Key_Right << shift << 60;
    QTest::newRow("page up: a tenth") << Qt::Key_PageUp << none << 60;
    QTest::newRow("page down") << Qt::Key_PageDown << none << 40;
    QTest::newRow("home") << Qt::Key_Home << none << 0;
    QTest::newRow("end") << Qt::Key_End << none << 100;
}

void ReplayBarTest::movesByKeys()
{
    QFETCH(Qt::Key, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(int, second);
    for (const bool isButton : {false, true}) {
        Fixture f(m_path);
        f.replayer.seek(50s);
        QTest::keyClick(isButton ? static_cast<QWidget *>(f.play) : f.slider, key, modifiers);
        QCOMPARE(f.replayer.position(), second * 1s);
        QCOMPARE(f.slider->value(), second * 1000);
    }
}

void ReplayBarTest::staysWhereItWasPutUntilTheReplayIsThere()
{
    Fixture f(m_path);
    f.replayer.play();
    f.slider->setValue(90'000);
    f.slider->setValue(50'000); // waits a moment, as it came right behind the other
    f.clock.advance(1s);
    QCOMPARE(f.replayer.position(), 91s);
    QCOMPARE(f.slider->value(), 50'000);
    QTRY_COMPARE(f.replayer.position(), 50s);
}

void ReplayBarTest::setsTheSpeed()
{
    Fixture f(m_path);
    QCOMPARE(f.speed->currentText(), QStringLiteral("1×"));
    f.speed->setCurrentIndex(f.speed->findText(QStringLiteral("30×")));
    QCOMPARE(f.replayer.speed(), 30.0);
    QCOMPARE(f.speed->count(), 9); // 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120
    QCOMPARE(f.speed->itemText(0), QStringLiteral("0.25×"));
    QCOMPARE(f.speed->itemText(8), QStringLiteral("120×"));
    // A replay that is fast already is shown so, and stays so.
    f.bar.setReplayer(nullptr);
    f.replayer.setSpeed(9.0);
    f.bar.setReplayer(&f.replayer);
    QCOMPARE(f.speed->currentText(), QStringLiteral("10×"));
    QCOMPARE(f.replayer.speed(), 9.0);
}

void ReplayBarTest::movesAlsoByButtons()
{
    Fixture f(m_path);
    f.replayer.seek(50s);
    f.bar.findChild<QToolButton *>(QStringLiteral("replayBack"))->click();
    QCOMPARE(f.replayer.position(), 49s);
    f.bar.findChild<QToolButton *>(QStringLiteral("replayForward"))->click();
    QTRY_COMPARE(f.replayer.position(), 50s); // a moment later, as it came right behind the other
    f.replayer.seek(0s);
    f.bar.step(-1);
    QTRY_COMPARE(f.replayer.position(), 0s);
}

void ReplayBarTest::keepsAHeldKeyFromSeekingTooOften()
{
    Fixture f(m_path);
    QSignalSpy rewound(&f.replayer, &SessionReplayer::rewound);
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(f.slider, Qt::Key_Left);
    QCOMPARE(f.slider->value(), 70'000);
    QTRY_COMPARE(f.replayer.position(), 70s);
    QVERIFY2(rewound.size() < 30, qPrintable(QString::number(rewound.size())));
}

void ReplayBarTest::changesTheSpeedByKeys()
{
    Fixture f(m_path);
    QTest::keyClick(f.slider, Qt::Key_Plus);
    QCOMPARE(f.replayer.speed(), 2.0);
    QTest::keyClick(f.play, Qt::Key_Equal);
    QCOMPARE(f.replayer.speed(), 5.0);
    QTest::keyClick(f.speed, Qt::Key_Minus);
    QCOMPARE(f.replayer.speed(), 2.0);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(f.slider, Qt::Key_Minus);
    QCOMPARE(f.replayer.speed(), 0.25);
    for (int i = 0; i < 20; ++i)
        f.bar.faster();
    QCOMPARE(f.replayer.speed(), 120.0);
    QTest::keyClick(f.slider, Qt::Key_Minus, Qt::ControlModifier); // zooms elsewhere
    QCOMPARE(f.replayer.speed(), 120.0);
}

void ReplayBarTest::takesTheKeysOfOthers()
{
    Fixture f(m_path);
    const auto press = [&f](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        return f.bar.takeKey(QKeyEvent(QEvent::KeyPress, key, modifiers));
    };
    QVERIFY(press(Qt::Key_Space));
    QVERIFY(f.replayer.isPlaying());
    QVERIFY(press(Qt::Key_Home));
    QCOMPARE(f.replayer.position(), 0s);
    QVERIFY(!press(Qt::Key_Left, Qt::ControlModifier)); // the cursor of the charts
    QVERIFY(!press(Qt::Key_PageDown)); // scrolls them
    QVERIFY(!press(Qt::Key_Escape));
    f.bar.setReplayer(nullptr);
    QVERIFY(!press(Qt::Key_Space));
}

void ReplayBarTest::showsTheWallClock()
{
    Fixture f(m_path);
    const auto *clock = f.bar.findChild<QLabel *>(QStringLiteral("replayClock"));
    const auto after = [](int seconds) {
        return QDateTime::fromMSecsSinceEpoch(smallHead().startedAtMs + 1000 * seconds).toString(QStringLiteral("HH:mm:ss"));
    };
    QCOMPARE(clock->text(), after(100));
    f.replayer.seek(42s);
    QCOMPARE(clock->text(), after(42));
    QCOMPARE(f.slider->accessibleDescription(), QStringLiteral("0:42 of 1:40, at ") + after(42));
}

void ReplayBarTest::saysWhereARunWasInterrupted()
{
    Fixture whole(m_path);
    QVERIFY(whole.bar.findChild<QLabel *>(QStringLiteral("replayEnding"))->isHidden());
    // Killed after 59 seconds: no ending was written.
    const QString killed = m_folder.filePath(QStringLiteral("killed.headroom"));
    {
        auto writer = SessionWriter::create(killed, smallHead());
        QVERIFY(writer);
        MetricsFrame frame = smallFrames()[1];
        for (frame.second = 0; frame.second < 59; ++frame.second)
            QVERIFY((*writer)->append(frame));
    }
    Fixture cut(killed + QStringLiteral(".part"));
    const auto *ending = cut.bar.findChild<QLabel *>(QStringLiteral("replayEnding"));
    QVERIFY(!ending->isHidden());
    QCOMPARE(ending->text(), QStringLiteral("interrupted at 0:59"));
    QVERIFY(!ending->toolTip().isEmpty());
    // By a signal: the run has an ending, which says so.
    const QString stopped = m_folder.filePath(QStringLiteral("stopped.headroom"));
    QCOMPARE(write(stopped, {RunEnding::Reason::Interrupted, QStringLiteral("interrupted by a signal")}), QString());
    Fixture signalled(stopped);
    ending = signalled.bar.findChild<QLabel *>(QStringLiteral("replayEnding"));
    QCOMPARE(ending->text(), QStringLiteral("interrupted at 1:40"));
    QVERIFY(ending->toolTip().contains(QStringLiteral("by a signal")));
}

void ReplayBarTest::draggingSeeksAtMostTenTimesASecond()
{
    Fixture f(m_path);
    QSignalSpy rewound(&f.replayer, &SessionReplayer::rewound);
    f.slider->setSliderDown(true);
    for (int place = 90'000; place >= 50'000; place -= 1000)
        f.slider->setSliderPosition(place);
    QCOMPARE(rewound.size(), 1); // the first at once
    QCOMPARE(f.replayer.position(), 90s);
    QCOMPARE(f.time->text(), QStringLiteral("0:50 of 1:40")); // where the hand is
    f.slider->setSliderDown(false);
    QTRY_COMPARE(f.replayer.position(), 50s); // and the last a moment later
    QCOMPARE(rewound.size(), 2);
    QCOMPARE(f.slider->value(), 50'000);
}

void ReplayBarTest::clickGoesToThePlace()
{
    Fixture f(m_path);
    QTest::mouseClick(f.slider, Qt::LeftButton, {}, f.slider->rect().center());
    QTRY_VERIFY(f.replayer.position() > 48s && f.replayer.position() < 52s);
}

void ReplayBarTest::takesAnotherReplay()
{
    Fixture f(m_path);
    Fixture other(m_path);
    f.slider->setValue(90'000);
    f.slider->setValue(50'000); // waits, and is of no meaning for the other
    f.bar.setReplayer(&other.replayer);
    QCOMPARE(f.slider->value(), 100'000);
    other.replayer.seek(10s);
    QCOMPARE(f.slider->value(), 10'000);
    f.replayer.seek(20s); // is none of its business any more
    QCOMPARE(f.slider->value(), 10'000);
    f.bar.setReplayer(nullptr);
}

void ReplayBarTest::namesItsControls()
{
    Fixture f(m_path);
    for (const QWidget *control :
         {static_cast<QWidget *>(f.play), f.bar.findChild<QWidget *>(QStringLiteral("replayBack")),
          f.bar.findChild<QWidget *>(QStringLiteral("replayForward")), static_cast<QWidget *>(f.slider),
          static_cast<QWidget *>(f.speed)}) {
        QVERIFY(!control->accessibleName().isEmpty());
        QVERIFY(control->focusPolicy() & Qt::TabFocus);
    }
}

QTEST_MAIN(ReplayBarTest)
#include "tst_replaybar.moc"
