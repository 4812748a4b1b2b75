// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/replaybarstate.h"

#include "core/base/humanformat.h"
#include "ui/run/replayspeeds.h"
#include "ui/run/runtexts.h"
#include "ui/run/seekslider.h"
#include "ui/widgets/plaintooltip.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kBetweenSeeks(100);

int milliseconds(Nanoseconds time)
{
    constexpr Nanoseconds kLongest = std::chrono::milliseconds(std::numeric_limits<int>::max()); // 24 days
    return int(std::clamp<Nanoseconds>(time, 0ns, kLongest) / 1ms);
}

/// Killed, without power, or by a signal.
bool isInterrupted(const SessionReplayer &replayer)
{
    const std::optional<RunEnding> ending = replayer.ending();
    return !ending || ending->reason == RunEnding::Reason::Interrupted;
}

} // namespace

ReplayBar::State::State(ReplayBar *owner)
    : bar(owner)
    , play(new QToolButton(owner))
    , back(new QToolButton(owner))
    , forward(new QToolButton(owner))
    , slider(new SeekSlider(owner))
    , time(new QLabel(owner))
    , clock(new QLabel(owner))
    , ending(new QLabel(owner))
    , speed(new QComboBox(owner))
{
    setupButtons();
    setupSlider();
    setupTexts();
    setupLayout();
    connectAll();
    showPlaying();
}

void ReplayBar::State::setupButtons()
{
    play->setObjectName(QStringLiteral("replayPlay"));
    play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back->setObjectName(QStringLiteral("replayBack"));
    back->setAccessibleName(ReplayBar::tr("A second back"));
    back->setToolTip(ReplayBar::tr("A second back (Left; with Shift ten)"));
    back->setIcon(bar->style()->standardIcon(QStyle::SP_MediaSeekBackward));
    forward->setObjectName(QStringLiteral("replayForward"));
    forward->setAccessibleName(ReplayBar::tr("A second forward"));
    forward->setToolTip(ReplayBar::tr("A second forward (Right; with Shift ten)"));
    forward->setIcon(bar->style()->standardIcon(QStyle::SP_MediaSeekForward));
    for (QToolButton *button : {back, forward})
        button->setAutoRepeat(true);
    for (QToolButton *button : {play, back, forward})
        button->setFocusPolicy(Qt::StrongFocus);
}

void ReplayBar::State::setupSlider()
{
    slider->setObjectName(QStringLiteral("replayPosition"));
    slider->setAccessibleName(ReplayBar::tr("Position of the replay"));
    slider->setFocusPolicy(Qt::StrongFocus);
    slider->setSingleStep(milliseconds(1s));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kBetweenSeeks);
}

void ReplayBar::State::setupTexts()
{
    time->setObjectName(QStringLiteral("replayTime"));
    time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    clock->setObjectName(QStringLiteral("replayClock"));
    ending->setObjectName(QStringLiteral("replayEnding"));
    for (QLabel *label : {time, clock, ending})
        label->setTextFormat(Qt::PlainText);
    speed->setObjectName(QStringLiteral("replaySpeed"));
    speed->setAccessibleName(ReplayBar::tr("Speed of the replay"));
    speed->setToolTip(ReplayBar::tr("Seconds of the run per second of the replay (plus and minus)."));
    for (const double factor : replaySpeeds())
        speed->addItem(replaySpeedText(factor), factor);
}

void ReplayBar::State::setupLayout()
{
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(4, 0, 4, 0);
    for (QWidget *button : {play, back, forward})
        row->addWidget(button);
    row->addWidget(slider, 1);
    for (QWidget *part : std::initializer_list<QWidget *>{time, clock, ending, speed})
        row->addWidget(part);
    for (QObject *part : std::initializer_list<QObject *>{play, back, forward, slider, speed})
        part->installEventFilter(bar);
}

void ReplayBar::State::connectAll()
{
    QObject::connect(play, &QToolButton::clicked, bar, &ReplayBar::togglePlaying);
    QObject::connect(back, &QToolButton::clicked, bar, [this] { bar->step(-1); });
    QObject::connect(forward, &QToolButton::clicked, bar, [this] { bar->step(1); });
    QObject::connect(slider, &QSlider::valueChanged, bar, [this](int place) { seek(place); });
    QObject::connect(slider, &QSlider::sliderReleased, bar, [this] { showPosition(); });
    QObject::connect(speed, &QComboBox::currentIndexChanged, bar, [this] {
        if (replayer)
            replayer->setSpeed(speed->currentData().toDouble());
    });
    QObject::connect(&m_pause, &QTimer::timeout, bar, [this] {
        if (m_wanted)
            seekNow(*m_wanted);
    });
}

void ReplayBar::State::setReplayer(SessionReplayer *next)
{
    if (replayer)
        replayer->disconnect(bar);
    replayer = next;
    m_pause.stop();
    m_wanted.reset();
    bar->setVisible(next != nullptr);
    if (!next)
        return;
    QObject::connect(next, &SessionReplayer::positionChanged, bar, [this] { showPosition(); });
    QObject::connect(next, &SessionReplayer::playingChanged, bar, [this] { showPlaying(); });
    showLength();
    showEnding();
    showPosition();
    showPlaying();
    showSpeed();
}

void ReplayBar::State::showLength()
{
    const int length = milliseconds(replayer->length());
    const QSignalBlocker blocker(slider);
    slider->setRange(0, length);
    slider->setPageStep(std::max(1, length / 10));
    const QString end = formatElapsed(replayer->length());
    time->setMinimumWidth(time->fontMetrics().horizontalAdvance(ReplayBar::tr("%1 of %2").arg(end, end)));
}

void ReplayBar::State::showEnding()
{
    ending->setVisible(isInterrupted(*replayer));
    if (ending->isHidden())
        return;
    ending->setText(ReplayBar::tr("interrupted at %1").arg(formatElapsed(replayer->length())));
    ending->setToolTip(plainToolTip(
        replayer->ending()
            ? foreignText(replayer->ending()->text)
            : ReplayBar::tr("The program that recorded this run was ended before the run was over, or could not "
                            "write on, as on a full disk. The seconds before that are here.")));
}

void ReplayBar::State::seek(int place)
{
    showTime(place);
    if (m_pause.isActive())
        m_wanted = place;
    else
        seekNow(place);
}

void ReplayBar::State::seekNow(int place)
{
    m_wanted.reset();
    m_pause.start();
    if (!replayer)
        return;
    const bool isEnd = place == slider->maximum(); // which lies a fraction of a millisecond before the replay's
    replayer->seek(isEnd ? replayer->length() : std::chrono::milliseconds(place));
}

void ReplayBar::State::showPosition()
{
    if (!replayer || m_wanted || slider->isSliderDown())
        return;
    const QSignalBlocker blocker(slider);
    slider->setValue(milliseconds(replayer->position()));
    showTime(slider->value());
}

void ReplayBar::State::showTime(int place)
{
    const QString end = formatElapsed(std::chrono::milliseconds(slider->maximum()));
    time->setText(ReplayBar::tr("%1 of %2").arg(formatElapsed(std::chrono::milliseconds(place)), end));
    const qint64 start = replayer ? replayer->head().startedAtMs : 0;
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(start + place);
    clock->setText(then.toString(QStringLiteral("HH:mm:ss")));
    clock->setToolTip(ReplayBar::tr("When the run was there: %1").arg(QLocale().toString(then, QLocale::LongFormat)));
    slider->setAccessibleDescription(ReplayBar::tr("%1, at %2").arg(time->text(), clock->text()));
}

void ReplayBar::State::showPlaying()
{
    const bool isPlaying = replayer && replayer->isPlaying();
    play->setText(isPlaying ? ReplayBar::tr("Pause") : ReplayBar::tr("Play"));
    play->setAccessibleName(isPlaying ? ReplayBar::tr("Pause the replay") : ReplayBar::tr("Play the replay"));
    play->setToolTip(isPlaying ? ReplayBar::tr("Pause (Space)") : ReplayBar::tr("Play (Space); from the end anew"));
    play->setIcon(bar->style()->standardIcon(isPlaying ? QStyle::SP_MediaPause : QStyle::SP_MediaPlay));
}

void ReplayBar::State::showSpeed()
{
    const QSignalBlocker blocker(speed);
    speed->setCurrentIndex(int(nearestReplaySpeed(replayer->speed())));
}

void ReplayBar::State::changeSpeed(int by)
{
    if (replayer)
        speed->setCurrentIndex(std::clamp(speed->currentIndex() + by, 0, speed->count() - 1));
}

} // namespace Headroom
