// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/lines/linechannel.h"

#include <algorithm>
#include <utility>

#include <fcntl.h>

namespace Headroom {

namespace {

constexpr qint64 kPiece = 64 * 1024;

/// What an error means that came before the connection stood.
FailureKind kindOf(QLocalSocket::LocalSocketError error)
{
    switch (error) {
    case QLocalSocket::ConnectionRefusedError:
    case QLocalSocket::ServerNotFoundError:
        return FailureKind::ConnectRefused;
    default:
        return FailureKind::Connect;
    }
}

} // namespace

void LineItem::finish(SteadyTime now, FailureKind kind, const QString &sentence)
{
    Q_ASSERT(!isFinished());
    finished = now;
    if (firstByte == SteadyTime{})
        firstByte = now;
    failure = kind;
    message = sentence;
    if (m_waiting)
        m_waiting.resume(); // the item may be gone after it
}

LineChannel::LineChannel(const Clock &clock, int stream)
    : m_clock(clock)
{
    watch();
    if (!m_socket.setSocketDescriptor(fcntl(stream, F_DUPFD_CLOEXEC, 0)))
        lose(FailureKind::Connect, QStringLiteral("the stream cannot be used: %1").arg(m_socket.errorString()));
}

LineChannel::LineChannel(const Clock &clock, const QString &socketPath)
    : m_clock(clock)
{
    watch();
    m_socket.connectToServer(socketPath);
}

void LineChannel::watch()
{
    m_socket.setReadBufferSize(4 * kPiece);
    connect(&m_socket, &QLocalSocket::readyRead, this, &LineChannel::read);
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(std::exchange(m_unsent, {})); });
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError error) {
        if (error == QLocalSocket::PeerClosedError || m_socket.state() == QLocalSocket::ConnectedState)
            return; // disconnected() follows
        lose(kindOf(error), QStringLiteral("no connection: %1").arg(m_socket.errorString()));
    });
    connect(&m_socket, &QLocalSocket::disconnected, this, [this] {
        read();
        lose(FailureKind::Closed, QStringLiteral("the target ended, or closed the stream, before it had answered"));
    });
}

void LineChannel::submit(LineItem &item, const QByteArray &line)
{
    m_owed.push_back(&item);
    if (isLost())
        return; // it could not even begin; failOwed() follows
    if (!isConnected()) {
        m_unsent += line + '\n';
        return;
    }
    m_socket.write(line + '\n');
    m_socket.flush(); // not only from the event loop
}

void LineChannel::giveUp(const LineItem &item)
{
    if (const auto found = std::ranges::find(m_owed, &item); found != m_owed.end())
        *found = nullptr;
}

void LineChannel::read()
{
    while (m_socket.bytesAvailable() > 0) {
        const QByteArray piece = m_socket.readLine(kPiece); // at most up to a line feed
        if (piece.isEmpty())
            return;
        take(piece);
    }
}

void LineChannel::take(const QByteArray &piece)
{
    if (!std::exchange(m_isInLine, true))
        m_isAsked = !m_owed.empty();
    const bool isEnd = piece.endsWith('\n');
    const qsizetype size = piece.size() - (isEnd ? 1 : 0);
    LineItem *item = m_isAsked ? m_owed.front() : nullptr;
    m_lineBytes += std::uint64_t(size);
    if (item) {
        if (item->firstByte == SteadyTime{})
            item->firstByte = m_clock.now();
        item->bytesIn = m_lineBytes;
        if (const qsizetype room = item->wantedHead - item->head.size(); room > 0)
            item->head += piece.first(std::min(room, size));
    }
    const bool isTooLong = m_lineBytes > kMaxLine;
    if (isTooLong && m_isAsked)
        m_owed.front() = nullptr; // the rest of the line is skipped
    if (isEnd) {
        if (m_isAsked)
            m_owed.pop_front();
        m_lineBytes = 0;
        m_isInLine = false;
    }
    if (item && isTooLong)
        item->finish(m_clock.now(), FailureKind::Protocol,
                     QStringLiteral("the answer is longer than 16 MiB without a line feed"));
    else if (item && isEnd)
        item->finish(m_clock.now());
}

void LineChannel::lose(FailureKind kind, const QString &sentence)
{
    if (isLost())
        return;
    m_loss = kind;
    m_lossSentence = sentence;
    // Later: it may come from within submit(), or while an answer is being taken.
    QMetaObject::invokeMethod(this, &LineChannel::failOwed, Qt::QueuedConnection);
}

void LineChannel::failOwed()
{
    while (!m_owed.empty()) {
        LineItem *item = m_owed.front();
        m_owed.pop_front();
        if (item)
            item->finish(m_clock.now(), m_loss, m_lossSentence);
    }
}

} // namespace Headroom
