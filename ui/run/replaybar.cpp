// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/replaybar.h"

#include "core/base/humanformat.h"
#include "ui/run/seekslider.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPointer>
#include <QSignalBlocker>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kBetweenSeeks(100);
constexpr int kSpeeds[] = {1, 2, 5, 10, 30, 60};

int milliseconds(Nanoseconds time)
{
    constexpr Nanoseconds kLongest = std::chrono::milliseconds(std::numeric_limits<int>::max()); // 24 days
    return int(std::clamp<Nanoseconds>(time, 0ns, kLongest) / 1ms);
}

} // namespace

struct ReplayBar::State
{
    State(ReplayBar *owner);

    ReplayBar *bar;
    QToolButton *play;
    SeekSlider *slider;
    QLabel *time;
    QComboBox *speed;
    QTimer pause; ///< Between two seeks.
    std::optional<int> wanted; ///< Milliseconds to seek to when the pause is over.
    QPointer<SessionReplayer> replayer;

    void setupControls();
    void setupLayout();
    void connectAll();
    void setReplayer(SessionReplayer *next);

    void seek(int place);
    void seekNow(int place);
    void showPosition();
    void showTime(int place);
    void showPlaying();
    void showSpeed();
};

ReplayBar::State::State(ReplayBar *owner)
    : bar(owner)
    , play(new QToolButton(owner))
    , slider(new SeekSlider(owner))
    , time(new QLabel(owner))
    , speed(new QComboBox(owner))
{
    setupControls();
    setupLayout();
    connectAll();
}

void ReplayBar::State::setupControls()
{
    play->setObjectName(QStringLiteral("replayPlay"));
    play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    play->setFocusPolicy(Qt::StrongFocus);
    slider->setObjectName(QStringLiteral("replayPosition"));
    slider->setAccessibleName(ReplayBar::tr("Position of the replay"));
    slider->setFocusPolicy(Qt::StrongFocus);
    slider->setSingleStep(milliseconds(1s));
    time->setObjectName(QStringLiteral("replayTime"));
    time->setTextFormat(Qt::PlainText);
    time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    speed->setObjectName(QStringLiteral("replaySpeed"));
    speed->setAccessibleName(ReplayBar::tr("Speed of the replay"));
    speed->setToolTip(ReplayBar::tr("Seconds of the run per second of the replay."));
    for (const int factor : kSpeeds)
        speed->addItem(ReplayBar::tr("%1×").arg(factor), factor);
    pause.setSingleShot(true);
    pause.setInterval(kBetweenSeeks);
}

void ReplayBar::State::setupLayout()
{
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(play);
    row->addWidget(slider, 1);
    row->addWidget(time);
    row->addWidget(speed);
    slider->installEventFilter(bar);
    play->installEventFilter(bar);
}

void ReplayBar::State::connectAll()
{
    QObject::connect(play, &QToolButton::clicked, bar, &ReplayBar::togglePlaying);
    QObject::connect(slider, &QSlider::valueChanged, bar, [this](int place) { seek(place); });
    QObject::connect(slider, &QSlider::sliderReleased, bar, [this] { showPosition(); });
    QObject::connect(speed, &QComboBox::currentIndexChanged, bar, [this] {
        if (replayer)
            replayer->setSpeed(speed->currentData().toInt());
    });
    QObject::connect(&pause, &QTimer::timeout, bar, [this] {
        if (wanted)
            seekNow(*wanted);
    });
}

void ReplayBar::State::setReplayer(SessionReplayer *next)
{
    if (replayer)
        replayer->disconnect(bar);
    replayer = next;
    pause.stop();
    wanted.reset();
    bar->setVisible(next != nullptr);
    if (!next)
        return;
    QObject::connect(next, &SessionReplayer::positionChanged, bar, [this] { showPosition(); });
    QObject::connect(next, &SessionReplayer::playingChanged, bar, [this] { showPlaying(); });
    const int length = milliseconds(next->length());
    {
        const QSignalBlocker blocker(slider);
        slider->setRange(0, length);
        slider->setPageStep(std::max(1, length / 10));
    }
    const QString end = formatElapsed(next->length());
    time->setMinimumWidth(time->fontMetrics().horizontalAdvance(ReplayBar::tr("%1 of %2").arg(end, end)));
    showPosition();
    showPlaying();
    showSpeed();
}

void ReplayBar::State::seek(int place)
{
    showTime(place);
    if (pause.isActive())
        wanted = place;
    else
        seekNow(place);
}

void ReplayBar::State::seekNow(int place)
{
    wanted.reset();
    pause.start();
    if (!replayer)
        return;
    const bool isEnd = place == slider->maximum(); // which lies a fraction of a millisecond before the replay's
    replayer->seek(isEnd ? replayer->length() : std::chrono::milliseconds(place));
}

void ReplayBar::State::showPosition()
{
    if (!replayer || wanted || slider->isSliderDown())
        return;
    const QSignalBlocker blocker(slider);
    slider->setValue(milliseconds(replayer->position()));
    showTime(slider->value());
}

void ReplayBar::State::showTime(int place)
{
    const QString end = formatElapsed(std::chrono::milliseconds(slider->maximum()));
    time->setText(ReplayBar::tr("%1 of %2").arg(formatElapsed(std::chrono::milliseconds(place)), end));
    slider->setAccessibleDescription(time->text());
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
    const auto distance = [this](int factor) { return std::abs(std::log(factor / replayer->speed())); };
    const auto nearest = std::ranges::min_element(kSpeeds, {}, distance);
    speed->setCurrentIndex(int(nearest - std::begin(kSpeeds)));
}

ReplayBar::ReplayBar(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>(this))
{
    setObjectName(QStringLiteral("replayBar"));
    setAccessibleName(tr("Replay"));
    setFocusProxy(m_state->slider);
    m_state->showPlaying();
    setReplayer(nullptr);
}

ReplayBar::~ReplayBar() = default;

void ReplayBar::setReplayer(SessionReplayer *replayer) { m_state->setReplayer(replayer); }

void ReplayBar::togglePlaying()
{
    SessionReplayer *replayer = m_state->replayer;
    if (!replayer)
        return;
    if (replayer->isPlaying())
        replayer->pause();
    else
        replayer->play();
}

bool ReplayBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (key->modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return QWidget::eventFilter(watched, event);
    switch (key->key()) {
    case Qt::Key_Space:
        togglePlaying();
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End:
        if (watched == m_state->slider)
            break;
        m_state->slider->event(event); // a button would only pass the focus on
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Headroom
