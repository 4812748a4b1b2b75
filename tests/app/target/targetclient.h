// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>

#include <algorithm>
#include <csignal>

namespace Headroom {

inline constexpr int kPatience = 20'000; // ms; only a broken program takes that long

/// A started practice target; killed when it still runs at the end.
class Target
{
public:
    explicit Target(const QStringList &arguments, const QProcessEnvironment &environment = {})
    {
        if (!environment.isEmpty())
            m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(HEADROOM_BIN_DIR "/headroom-target"), arguments);
        while (m_line.isEmpty() && m_process.waitForReadyRead(kPatience))
            m_line = m_process.readLine();
    }
    ~Target()
    {
        m_process.kill();
        m_process.waitForFinished(kPatience);
    }

    QByteArray line() const { return m_line; }
    quint16 port() const { return m_line.trimmed().split(':').constLast().toUShort(); }
    QProcess &process() { return m_process; }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    /// The exit code; -1 when it crashed or does not end.
    int wait()
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kPatience))
            return -1;
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    int terminate()
    {
        signal(SIGTERM);
        return wait();
    }

private:
    QProcess m_process;
    QByteArray m_line;
};

struct Reply
{
    int status = 0; ///< 0: none came.
    QHash<QByteArray, QByteArray> headers; ///< Names in lower case.
    QByteArray body;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// One connection that is kept alive.
class Client
{
public:
    explicit Client(quint16 port)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        m_socket.waitForConnected(kPatience);
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    QTcpSocket &socket() { return m_socket; }
    void send(const QByteArray &method, const QByteArray &path, const QByteArray &headers = {},
              const QByteArray &body = "{}")
    {
        m_isHead = method == "HEAD";
        const QByteArray rest =
            method == "POST" ? "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body : "\r\n";
        m_socket.write(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + rest);
        m_socket.flush();
    }
    Reply receive()
    {
        qsizetype headEnd = -1;
        while ((headEnd = m_received.indexOf("\r\n\r\n")) < 0) {
            if (!readMore())
                return {};
        }
        Reply reply = parseHead(m_received.first(headEnd));
        m_received.remove(0, headEnd + 4);
        const int length = m_isHead ? 0 : reply.headers.value("content-length", "0").toInt();
        while (m_received.size() < length) {
            if (!readMore())
                return {};
        }
        reply.body = m_received.first(length);
        m_received.remove(0, length);
        return reply;
    }
    Reply exchange(const QByteArray &method, const QByteArray &path, const QByteArray &headers = {},
                   const QByteArray &body = "{}")
    {
        send(method, path, headers, body);
        return receive();
    }

private:
    bool readMore()
    {
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(kPatience))
            return false;
        m_received += m_socket.readAll();
        return true;
    }
    static Reply parseHead(const QByteArray &head)
    {
        const QList<QByteArray> lines = head.split('\n');
        Reply reply;
        reply.status = lines.constFirst().split(' ').value(1).toInt();
        for (const QByteArray &line : lines.sliced(1)) {
            const auto colon = line.indexOf(':');
            reply.headers.insert(line.first(std::max<qsizetype>(colon, 0)).toLower(), line.sliced(colon + 1).trimmed());
        }
        return reply;
    }

    QTcpSocket m_socket;
    QByteArray m_received;
    bool m_isHead = false;
};

} // namespace Headroom
