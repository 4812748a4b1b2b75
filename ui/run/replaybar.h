// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/sessionreplayer.h"

#include <QWidget>

#include <memory>

namespace Headroom {

/// Play, pause, seek and speed (1x to 60x) of a replay. Keys in the bar: Space plays and pauses, left and right move a
/// second, Page Up and Down a tenth, Home and End to the ends.
class ReplayBar : public QWidget
{
    Q_OBJECT
public:
    explicit ReplayBar(QWidget *parent = nullptr);
    ~ReplayBar() override;

    /// The replay to steer, which must be loaded and outlive the bar or be replaced first; null: none, hidden.
    void setReplayer(SessionReplayer *replayer);

public Q_SLOTS:
    void togglePlaying();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< The keys, also while its button has the focus.

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
