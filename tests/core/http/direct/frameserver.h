// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include <sys/socket.h>

namespace Headroom {

/// Frames of HTTP/2 as bytes (RFC 9113, 6).
namespace Frames {

enum Type : std::uint8_t { Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8 };
inline constexpr std::uint8_t kEndStream = 1; // of data and headers
inline constexpr std::uint8_t kAck = 1; // of settings and pings
inline constexpr std::uint8_t kEndHeaders = 4;

inline QByteArray number(std::uint32_t value)
{
    const char bytes[] = {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
    return QByteArray(bytes, sizeof bytes);
}
inline QByteArray frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, const QByteArray &payload = {})
{
    return number(std::uint32_t(payload.size())).sliced(1) + char(type) + char(flags) + number(stream) + payload;
}
/// A header field as it stands (RFC 7541, 6.2.2); each below 127 bytes.
inline QByteArray field(const QByteArray &name, const QByteArray &value)
{
    return QByteArray(1, '\0') + char(name.size()) + name + char(value.size()) + value;
}
/// `fields` behind ":status: 200".
inline QByteArray head(std::uint32_t stream, const QByteArray &fields = {}, bool isEnd = false)
{
    return frame(Headers, std::uint8_t(kEndHeaders | (isEnd ? kEndStream : 0)), stream, '\x88' + fields);
}
inline QByteArray data(std::uint32_t stream, const QByteArray &bytes, bool isEnd = true)
{
    return frame(Data, isEnd ? kEndStream : 0, stream, bytes);
}
inline QByteArray answer(std::uint32_t stream, const QByteArray &body = "ok")
{
    return head(stream) + data(stream, body);
}
inline QByteArray reset(std::uint32_t stream, std::uint32_t error) { return frame(Reset, 0, stream, number(error)); }
inline QByteArray goAway(std::uint32_t last, std::uint32_t error = 0)
{
    return frame(GoAway, 0, 0, number(last) + number(error));
}
inline QByteArray setting(std::uint16_t which, std::uint32_t value) { return number(which).sliced(2) + number(value); }

} // namespace Frames

/// A server on 127.0.0.1 that speaks HTTP/2 frame by frame, as it is told.
///
/// Thread: the test's, which must run its event loop.
class FrameServer
{
public:
    struct Frame
    {
        std::uint8_t type = 0;
        std::uint8_t flags = 0;
        std::uint32_t stream = 0;
        QByteArray payload;
    };
    /// One connection.
    struct Peer
    {
        std::unique_ptr<QTcpSocket> socket;
        QByteArray unread;
        std::vector<Frame> frames; ///< All that came.
        std::vector<std::uint32_t> requests; ///< Their streams.

        void send(const QByteArray &bytes) const
        {
            socket->write(bytes);
            socket->flush();
        }
        void end() const { socket->disconnectFromHost(); }
        void cut() const
        {
            const linger now{.l_onoff = 1, .l_linger = 0}; // close(2) then sends RST
            setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
            socket->abort();
        }
        int count(std::uint8_t type, std::uint32_t stream) const
        {
            return int(std::ranges::count_if(
                frames, [=](const Frame &one) { return one.type == type && one.stream == stream; }));
        }
    };
    /// What a request, the k-th of its connection from 0, is answered with: its head has come.
    std::function<void(const Peer &peer, std::uint32_t stream, int request)> onRequest;
    QByteArray greeting = Frames::frame(Frames::Settings, 0, 0); ///< First of all.

    FrameServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    }
    ~FrameServer()
    {
        for (const auto &peer : m_peers)
            peer->socket->disconnect();
    }
    Q_DISABLE_COPY_MOVE(FrameServer)
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(m_server.serverPort())); }
    int accepted() const { return int(m_peers.size()); }
    const Peer &peer(int index) const { return *m_peers[std::size_t(index)]; }

private:
    static constexpr qsizetype kPreface = 24; // PRI * HTTP/2.0 ...
    static constexpr qsizetype kFrameHead = 9;

    void accept()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            Peer &peer = *m_peers.emplace_back(std::make_unique<Peer>());
            peer.socket.reset(socket);
            socket->setParent(nullptr);
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            peer.send(greeting);
            bool isGreeted = false;
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, &peer, isGreeted]() mutable {
                peer.unread += peer.socket->readAll();
                if (!isGreeted && peer.unread.size() < kPreface)
                    return;
                if (!std::exchange(isGreeted, true))
                    peer.unread.remove(0, kPreface);
                receive(peer);
            });
        }
    }
    void receive(Peer &peer)
    {
        while (peer.unread.size() >= kFrameHead) {
            const auto at = [&](int byte) { return std::uint8_t(peer.unread[byte]); };
            const qsizetype size = at(0) << 16 | at(1) << 8 | at(2);
            if (peer.unread.size() < kFrameHead + size)
                return;
            const Frame frame{at(3), at(4), std::uint32_t(at(5) << 24 | at(6) << 16 | at(7) << 8 | at(8)),
                              peer.unread.sliced(kFrameHead, size)};
            peer.unread.remove(0, kFrameHead + size);
            peer.frames.push_back(frame);
            if (frame.type == Frames::Settings && !(frame.flags & Frames::kAck))
                peer.send(Frames::frame(Frames::Settings, Frames::kAck, 0));
            if (frame.type != Frames::Headers)
                continue;
            peer.requests.push_back(frame.stream);
            if (onRequest)
                onRequest(peer, frame.stream, int(peer.requests.size()) - 1);
        }
    }

    QTcpServer m_server;
    std::vector<std::unique_ptr<Peer>> m_peers;
};

} // namespace Headroom
