// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedserver.h"

#include <QRegularExpression>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <deque>

#include <sys/socket.h>

namespace Headroom {

namespace {

/// How many of the bytes are one complete request; 0 when it has not all arrived.
qsizetype requestSize(const QByteArray &bytes)
{
    const qsizetype head = bytes.indexOf("\r\n\r\n") + 4;
    if (head < 4)
        return 0;
    static const QRegularExpression length(QStringLiteral("\r\ncontent-length: *(\\d+)"),
                                           QRegularExpression::CaseInsensitiveOption);
    const qsizetype body = length.match(QString::fromLatin1(bytes.first(head))).captured(1).toLongLong();
    return bytes.size() >= head + body ? head + body : 0;
}

constexpr qint64 kMostUnsent = 256 * 1024; // what repeat() lets lie in our own buffer

} // namespace

ServerScript &ServerScript::send(const QByteArray &bytes, Delay after)
{
    m_steps.push_back({Act::Send, bytes, after});
    return *this;
}

ServerScript &ServerScript::repeat(const QByteArray &bytes, qint64 times)
{
    m_steps.push_back({Act::Repeat, bytes, Delay(0), times});
    return *this;
}

ServerScript &ServerScript::close(Delay after)
{
    m_steps.push_back({Act::Close, {}, after});
    return *this;
}

ServerScript &ServerScript::reset(Delay after)
{
    m_steps.push_back({Act::Reset, {}, after});
    return *this;
}

ServerScript &ServerScript::hold()
{
    m_steps.push_back({Act::Hold, {}, Delay(0)});
    return *this;
}

ServerScript ServerScript::answer(const QByteArray &status, const QByteArray &body, const QByteArray &lines)
{
    return ServerScript().send("HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"
                               + lines + "\r\n" + body);
}

struct ScriptedServer::Connection
{
    std::unique_ptr<QTcpSocket> socket;
    QByteArray received;
    std::deque<ServerScript::Step> steps;
    bool isBusy = false; ///< A step waits for its time, or for release().
    QObject life{}; ///< What is still to be called ends with this, not with the socket, which lives a moment longer.
};

ScriptedServer::ScriptedServer(const QHostAddress &address, quint16 port)
{
    m_server.setListenBacklogSize(512);
    m_server.listen(address, port);
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
}

ScriptedServer::~ScriptedServer()
{
    for (const auto &connection : m_connections)
        connection->socket->disconnect();
}

void ScriptedServer::answerWith(const ServerScript &script)
{
    m_choice = [script](int) { return script; };
}

void ScriptedServer::answerWith(Choice choice) { m_choice = std::move(choice); }

void ScriptedServer::answerBeforeTheRequest(const ServerScript &script) { m_greeting = script; }

QUrl ScriptedServer::url(const QString &path) const
{
    const bool isIpv6 = m_server.serverAddress().protocol() == QAbstractSocket::IPv6Protocol;
    const auto host = isIpv6 ? QStringLiteral("[::1]") : QStringLiteral("127.0.0.1");
    return QUrl(QStringLiteral("http://%1:%2%3").arg(host).arg(m_server.serverPort()).arg(path));
}

bool ScriptedServer::isIdle() const
{
    return std::ranges::all_of(m_connections, [](const auto &connection) { return connection->steps.empty(); });
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        Connection &connection = *m_connections.emplace_back(std::make_unique<Connection>());
        connection.socket.reset(socket);
        socket->setParent(nullptr);
        QObject::connect(socket, &QTcpSocket::readyRead, &connection.life, [this, &connection] { receive(connection); });
        QObject::connect(socket, &QTcpSocket::bytesWritten, &connection.life, [this, &connection] { repeat(connection); });
        // Queued: a step of the connection's own script may be what disconnects it.
        QObject::connect(
            socket, &QTcpSocket::disconnected, socket, [this, socket] { forget(socket); }, Qt::QueuedConnection);
        ++m_accepted;
        m_mostOpen = std::max(m_mostOpen, open());
        connection.steps.assign(m_greeting.m_steps.begin(), m_greeting.m_steps.end());
        play(connection);
    }
}

void ScriptedServer::receive(Connection &connection)
{
    connection.received += connection.socket->readAll();
    while (const qsizetype size = requestSize(connection.received)) {
        m_requests.append(connection.received.first(size));
        connection.received.remove(0, size);
        if (!m_choice)
            continue;
        const ServerScript script = m_choice(int(m_requests.size()) - 1);
        connection.steps.insert(connection.steps.end(), script.m_steps.begin(), script.m_steps.end());
    }
    play(connection);
}

void ScriptedServer::play(Connection &connection)
{
    while (!connection.isBusy && !connection.steps.empty()) {
        const ServerScript::Step step = connection.steps.front();
        if (step.act == ServerScript::Act::Repeat) {
            connection.isBusy = true;
            repeat(connection);
            return;
        }
        if (step.act != ServerScript::Act::Hold && step.after.count() == 0) {
            connection.steps.pop_front();
            perform(connection, step);
            continue;
        }
        connection.isBusy = true;
        if (step.act == ServerScript::Act::Hold)
            return;
        QTimer::singleShot(step.after, Qt::PreciseTimer, &connection.life, [this, &connection] {
            connection.isBusy = false;
            connection.steps.front().after = ServerScript::Delay(0);
            play(connection);
        });
    }
}

void ScriptedServer::repeat(Connection &connection)
{
    if (connection.steps.empty() || connection.steps.front().act != ServerScript::Act::Repeat)
        return;
    ServerScript::Step &step = connection.steps.front();
    for (; step.times > 0 && connection.socket->bytesToWrite() < kMostUnsent; --step.times) {
        if (connection.socket->write(step.bytes) < 0)
            return; // gone; forget() follows
    }
    if (step.times > 0)
        return; // bytesWritten() goes on with it
    connection.steps.pop_front();
    connection.isBusy = false;
    play(connection);
}

void ScriptedServer::perform(Connection &connection, const ServerScript::Step &step)
{
    QTcpSocket &socket = *connection.socket;
    switch (step.act) {
    case ServerScript::Act::Send:
        socket.write(step.bytes);
        socket.flush();
        return;
    case ServerScript::Act::Reset: {
        const linger cut{.l_onoff = 1, .l_linger = 0}; // close(2) then sends RST
        setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &cut, sizeof cut);
        socket.abort();
        return;
    }
    case ServerScript::Act::Close:
        socket.disconnectFromHost();
        return;
    case ServerScript::Act::Repeat:
    case ServerScript::Act::Hold:
        return;
    }
}

void ScriptedServer::release()
{
    for (std::size_t i = 0; i < m_connections.size(); ++i) {
        Connection &connection = *m_connections[i];
        if (connection.steps.empty() || connection.steps.front().act != ServerScript::Act::Hold)
            continue;
        connection.steps.pop_front();
        connection.isBusy = false;
        play(connection);
    }
}

void ScriptedServer::forget(const QTcpSocket *socket)
{
    std::erase_if(m_connections, [socket](const auto &connection) {
        if (connection->socket.get() != socket)
            return false;
        connection->socket.release()->deleteLater(); // it is inside its own signal
        return true;
    });
}

} // namespace Headroom
