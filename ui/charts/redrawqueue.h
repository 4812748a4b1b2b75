// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>

namespace Headroom {

/// Shares out redraws: one panel per turn of the event loop, and a round of all for new rows at most once a second.
class RedrawQueue : public QObject
{
    Q_OBJECT
public:
    explicit RedrawQueue(std::chrono::milliseconds roundLength = std::chrono::seconds(1), QObject *parent = nullptr);

    void wantRound(); ///< roundBegins() follows, at once or when a second has passed since the last.
    void want(std::size_t panel); ///< due() follows in one of the next turns.
    void clear();

Q_SIGNALS:
    void roundBegins(); ///< Time to want() what can be seen.
    void due(std::size_t panel);

private:
    void beginRound();
    void takeOne();

    std::chrono::milliseconds m_roundLength;
    QElapsedTimer m_sinceRound;
    QTimer m_round;
    QTimer m_turn;
    std::deque<std::size_t> m_wanted;
};

} // namespace Headroom
