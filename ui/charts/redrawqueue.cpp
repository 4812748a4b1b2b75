// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/redrawqueue.h"

#include <algorithm>

namespace Headroom {

RedrawQueue::RedrawQueue(std::chrono::milliseconds roundLength, QObject *parent)
    : QObject(parent)
    , m_roundLength(roundLength)
{
    m_round.setSingleShot(true);
    m_turn.setSingleShot(true);
    connect(&m_round, &QTimer::timeout, this, &RedrawQueue::beginRound);
    connect(&m_turn, &QTimer::timeout, this, &RedrawQueue::takeOne);
}

void RedrawQueue::wantRound()
{
    if (m_round.isActive())
        return;
    const std::chrono::milliseconds past(m_sinceRound.isValid() ? m_sinceRound.elapsed() : m_roundLength.count());
    m_round.start(std::max(std::chrono::milliseconds(0), m_roundLength - past));
}

void RedrawQueue::want(std::size_t panel)
{
    if (std::ranges::find(m_wanted, panel) == m_wanted.end())
        m_wanted.push_back(panel);
    if (!m_turn.isActive())
        m_turn.start(0);
}

void RedrawQueue::clear()
{
    m_wanted.clear();
    m_round.stop();
    m_turn.stop();
}

void RedrawQueue::beginRound()
{
    m_sinceRound.restart();
    Q_EMIT roundBegins();
}

void RedrawQueue::takeOne()
{
    if (m_wanted.empty())
        return;
    const std::size_t panel = m_wanted.front();
    m_wanted.pop_front();
    if (!m_wanted.empty())
        m_turn.start(0);
    Q_EMIT due(panel);
}

} // namespace Headroom
