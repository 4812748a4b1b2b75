// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/redisanswer.h"

#include <QByteArrayList>
#include <QHostAddress>
#include <QSocketNotifier>

#include <deque>
#include <functional>
#include <memory>

struct redisAsyncContext;

namespace Headroom {

/// One connection to a Redis server, inside Qt's event loop. Nothing blocks; commands may follow each other at once.
/// Thread: one with an event loop. Whoever takes an answer may send, but not close or destroy it.
class RedisConnection final : public QObject
{
    Q_OBJECT
public:
    using Take = std::function<void(const RedisAnswer &)>;

    RedisConnection() = default;
    ~RedisConnection() override { close(); }
    void close(); ///< Without a word; nothing is answered any more.

    /// Begins to connect; commands may be sent at once. Once in its life.
    void open(const QHostAddress &address, quint16 port);
    bool isOpen() const { return m_context != nullptr; } ///< Also while it connects.
    /// `take` is called once, unless the connection is closed before.
    void send(const QByteArrayList &command, Take take);
    /// Answers may come to about `bytes` from now on; then it is closed.
    void allow(qint64 bytes) { m_readsLeft = bytes / kBytesOfARead + 1; }

Q_SIGNALS:
    void closed(const QString &why); ///< By the server, or because there is none. From the event loop.

private:
    static constexpr qint64 kBytesOfARead = 16 * 1024; // of redisBufferRead in hiredis 1.2
    struct Hooks; ///< What hiredis calls.
    void listen(std::unique_ptr<QSocketNotifier> &notifier, QSocketNotifier::Type type, bool isWanted);
    void handleRead();
    void handleWrite();
    void take(const RedisAnswer *answer);
    void forget();
    void sayClosed(const QString &why);

    redisAsyncContext *m_context = nullptr; ///< Owned by hiredis, which frees it by itself when it closes.
    std::unique_ptr<QSocketNotifier> m_read;
    std::unique_ptr<QSocketNotifier> m_write;
    std::deque<Take> m_waiting; ///< In the order of the commands.
    qint64 m_readsLeft = 100;
    QString m_problem; ///< The first one.
    bool m_isDropped = false;
};

} // namespace Headroom
