// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <vector>

class QTcpSocket;

namespace Headroom {

/// What a ScriptedServer does on one connection, step by step. Empty: nothing, ever.
class ServerScript
{
public:
    using Delay = std::chrono::milliseconds;

    ServerScript &send(const QByteArray &bytes, Delay after = Delay(0));
    /// The same bytes over and over, as fast as they are taken, until the connection ends.
    ServerScript &repeat(const QByteArray &bytes, qint64 times = std::numeric_limits<qint64>::max());
    ServerScript &close(Delay after = Delay(0)); ///< Ends the stream in order (FIN).
    ServerScript &reset(Delay after = Delay(0)); ///< Cuts the connection (RST), as a crash does.
    ServerScript &hold(); ///< Waits for ScriptedServer::release().
    bool isEmpty() const { return m_steps.empty(); }

    /// A complete answer with Content-Length. `lines` are further header lines, each with its line end.
    static ServerScript answer(const QByteArray &status, const QByteArray &body = {}, const QByteArray &lines = {});
    static ServerScript ok(const QByteArray &body = {}) { return answer("200 OK", body); }

private:
    friend class ScriptedServer;
    enum class Act { Send, Repeat, Close, Reset, Hold };
    struct Step
    {
        Act act;
        QByteArray bytes;
        Delay after{0};
        qint64 times = 1;
    };
    std::vector<Step> m_steps;
};

/// A server on loopback that answers with exactly the bytes it is told, HTTP or not, and keeps what it received.
///
/// Thread: the test's, which must run its event loop.
class ScriptedServer
{
public:
    using Choice = std::function<ServerScript(int request)>; ///< The k-th request, from 0, over all connections.

    /// `port` 0: any that is free.
    explicit ScriptedServer(const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0);
    ~ScriptedServer();
    Q_DISABLE_COPY_MOVE(ScriptedServer)

    void answerWith(const ServerScript &script);
    void answerWith(Choice choice);
    void answerBeforeTheRequest(const ServerScript &script); ///< Played when a connection is accepted.
    void release(); ///< Lets all go on that hold.

    bool isListening() const { return m_server.isListening(); }
    QUrl url(const QString &path = QStringLiteral("/")) const;
    /// Raw bytes of every complete request, body included, in order of arrival.
    const QList<QByteArray> &requests() const { return m_requests; }
    int accepted() const { return m_accepted; } ///< Connections so far.
    int open() const { return int(m_connections.size()); } ///< Connections now.
    bool isIdle() const; ///< No open connection has a step left to play.
    int mostOpen() const { return m_mostOpen; }

private:
    struct Connection;
    void accept();
    void receive(Connection &connection);
    void play(Connection &connection);
    void repeat(Connection &connection);
    void perform(Connection &connection, const ServerScript::Step &step);
    void forget(const QTcpSocket *socket);

    QTcpServer m_server;
    std::vector<std::unique_ptr<Connection>> m_connections;
    QList<QByteArray> m_requests;
    Choice m_choice;
    ServerScript m_greeting;
    int m_accepted = 0;
    int m_mostOpen = 0;
};

} // namespace Headroom
