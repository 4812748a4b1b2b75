// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/stats/failurekind.h"

#include <QLocalSocket>

#include <coroutine>
#include <deque>

namespace Headroom {

/// One item on its way through a channel, from its line to the line that answers it. `co_await item;` waits for the
/// end.
struct LineItem
{
    SteadyTime firstByte{};
    SteadyTime finished{};
    FailureKind failure = FailureKind::None;
    QString message{};
    std::uint64_t bytesIn = 0; ///< Of the answer, without its line feed.
    qsizetype wantedHead = 0; ///< So many of its first bytes are kept.
    QByteArray head{};

    bool isFinished() const { return finished != SteadyTime{}; }
    /// At most once.
    void finish(SteadyTime now, FailureKind kind = FailureKind::None, const QString &sentence = {});

    bool await_ready() const noexcept { return isFinished(); }
    void await_suspend(std::coroutine_handle<> frame) noexcept { m_waiting = frame; }
    void await_resume() const noexcept { }

private:
    std::coroutine_handle<> m_waiting{};
};

/// A stream that takes one item a line and answers each with one line, in order. A line that comes while none is owed
/// is dropped. Of an answer only what is wanted is kept, however long it is.
///
/// Thread: the worker's. Lifetime: that of its items, at least.
class LineChannel : public QObject
{
    Q_OBJECT
public:
    static constexpr std::uint64_t kMaxLine = 16 << 20; ///< Bytes; a longer answer is FailureKind::Protocol.
    static constexpr std::size_t kMaxOwed = 100'000; ///< Answers, those that nobody waits for any more included.
    static constexpr qint64 kMaxUnwritten = 64 << 20; ///< Bytes that the other side has not read.

    LineChannel(const Clock &clock, int stream); ///< Connected; a copy of it is used.
    LineChannel(const Clock &clock, const QString &socketPath); ///< Connects.

    /// Only while it takes more, or just made. The item finishes with its answer or as lost, never within this call.
    void submit(LineItem &item, const QByteArray &line);
    /// Its answer, which may still come, is dropped.
    void giveUp(const LineItem &item);

    bool takesMore() const { return !isLost() && m_owed.size() < kMaxOwed && m_socket.bytesToWrite() <= kMaxUnwritten; }
    bool isConnected() const { return m_socket.state() == QLocalSocket::ConnectedState; }
    bool isLost() const { return m_loss != FailureKind::None; }
    bool isIdle() const { return m_owed.empty(); }

private:
    void watch();
    void read();
    void take(const QByteArray &piece);
    void lose(FailureKind kind, const QString &sentence);
    void failOwed();

    const Clock &m_clock;
    QLocalSocket m_socket;
    std::deque<LineItem *> m_owed; // in order; null: given up
    QByteArray m_unsent; // until it is connected
    std::uint64_t m_lineBytes = 0; // of the answer that is coming in
    bool m_isInLine = false; // part of an answer has come
    bool m_isAsked = true; // of that answer
    FailureKind m_loss = FailureKind::None;
    QString m_lossSentence;
};

} // namespace Headroom
