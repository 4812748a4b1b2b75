// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreplayer.h"

#include <QWidget>

#include <memory>

QT_BEGIN_NAMESPACE
class QKeyEvent;
QT_END_NAMESPACE

namespace Headroom {

/// Play, pause, seek, a second back and forward, and speed (0.25x to 120x) of a replay; its place, the wall clock of
/// the run there, and where a run ended that was interrupted. Keys in the bar: Space plays and pauses, left and right
/// move a second, with Shift ten, Page Up and Down a tenth, Home and End to the ends, plus and minus change the speed.
class ReplayBar : public QWidget
{
    Q_OBJECT
public:
    explicit ReplayBar(QWidget *parent = nullptr);
    ~ReplayBar() override;

    /// The replay to steer, which must be loaded and outlive the bar or be replaced first; null: none, hidden.
    void setReplayer(SessionReplayer *replayer);
    /// What the keys do that have no other meaning elsewhere, so that charts can pass theirs on: all but Page Up and
    /// Down. False for any other key, with Ctrl, Alt or Meta, and without a replay.
    bool takeKey(const QKeyEvent &key);

public Q_SLOTS:
    void togglePlaying();
    void step(int seconds); ///< Back when negative. Keeps inside of the replay.
    void faster(); ///< To the next speed on offer.
    void slower();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< The keys, whatever in it has the focus.

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
