// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/replaybar.h"

#include "core/session/sessionwriter.h"
#include "tests/core/report/sessionfixture.h"
#include "tests/support/manualclock.h"

#include <QComboBox>
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
    void playsAndPauses();
    void movesByKeys_data();
    void movesByKeys();
    void setsTheSpeed();
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

QString write(const QString &path)
{
    auto writer = SessionWriter::create(path, smallHead());
    if (!writer)
        return writer.error().text();
    MetricsFrame frame = smallFrames()[1];
    for (frame.second = 0; frame.second < kSeconds; ++frame.second) {
        if (const auto appended = (*writer)->append(frame); !appended)
            return appended.error().text();
    }
    const auto finished = (*writer)->finish(RunEnding{}, smallHead().startedAtMs + 1000 * kSeconds);
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
    QCOMPARE(f.slider->accessibleDescription(), QStringLiteral("1:40 of 1:40"));
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
    QTest::addColumn<int>("second"); // from 50 on
    QTest::newRow("left") << Qt::Key_Left << 49;
    QTest::newRow("right") << Qt::Key_Right << 51;
    QTest::newRow("page up: a tenth") << Qt::Key_PageUp << 60;
    QTest::newRow("page down") << Qt::Key_PageDown << 40;
    QTest::newRow("home") << Qt::Key_Home << 0;
    QTest::newRow("end") << Qt::Key_End << 100;
}

void ReplayBarTest::movesByKeys()
{
    QFETCH(Qt::Key, key);
    QFETCH(int, second);
    for (const bool isButton : {false, true}) {
        Fixture f(m_path);
        f.replayer.seek(50s);
        QTest::keyClick(isButton ? static_cast<QWidget *>(f.play) : f.slider, key);
        QCOMPARE(f.replayer.position(), second * 1s);
        QCOMPARE(f.slider->value(), second * 1000);
    }
}

void ReplayBarTest::setsTheSpeed()
{
    Fixture f(m_path);
    QCOMPARE(f.speed->currentText(), QStringLiteral("1×"));
    f.speed->setCurrentIndex(f.speed->findText(QStringLiteral("30×")));
    QCOMPARE(f.replayer.speed(), 30.0);
    QCOMPARE(f.speed->count(), 6);
    // A replay that is fast already is shown so, and stays so.
    f.bar.setReplayer(nullptr);
    f.replayer.setSpeed(9.0);
    f.bar.setReplayer(&f.replayer);
    QCOMPARE(f.speed->currentText(), QStringLiteral("10×"));
    QCOMPARE(f.replayer.speed(), 9.0);
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
    f.bar.setReplayer(&other.replayer);
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
         {static_cast<QWidget *>(f.play), static_cast<QWidget *>(f.slider), static_cast<QWidget *>(f.speed)}) {
        QVERIFY(!control->accessibleName().isEmpty());
        QVERIFY(control->focusPolicy() & Qt::TabFocus);
    }
}

QTEST_MAIN(ReplayBarTest)
#include "tst_replaybar.moc"
