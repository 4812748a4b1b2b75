// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/replaybar.h"

#include <QPointer>
#include <QTimer>

#include <optional>

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace Headroom {

class SeekSlider;

/// What a replay bar is made of, and how it follows its replay.
struct ReplayBar::State
{
    explicit State(ReplayBar *owner);

    void setReplayer(SessionReplayer *next);
    void changeSpeed(int by); ///< So many places on the list of speeds.

    ReplayBar *bar;
    QToolButton *play;
    QToolButton *back;
    QToolButton *forward;
    SeekSlider *slider;
    QLabel *time;
    QLabel *clock; ///< On the wall, when the run was there.
    QLabel *ending; ///< Of a run that was interrupted.
    QComboBox *speed;
    QPointer<SessionReplayer> replayer;

private:
    void setupButtons();
    void setupSlider();
    void setupTexts();
    void setupLayout();
    void connectAll();

    void seek(int place);
    void seekNow(int place);
    void showLength();
    void showPosition();
    void showTime(int place);
    void showPlaying();
    void showSpeed();
    void showEnding();

    QTimer m_pause; ///< Between two seeks.
    std::optional<int> m_wanted; ///< Milliseconds to seek to when the pause is over.
};

} // namespace Headroom
