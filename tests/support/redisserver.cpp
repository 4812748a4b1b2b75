// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/redisserver.h"

#include "tests/support/freeport.h"

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTcpSocket>

namespace Headroom {

namespace {

constexpr int kPatience = 20'000; // ms

QByteArray wireForm(const QByteArrayList &words)
{
    QByteArray bytes = '*' + QByteArray::number(words.size()) + "\r\n";
    for (const QByteArray &word : words)
        bytes += '$' + QByteArray::number(word.size()) + "\r\n" + word + "\r\n";
    return bytes;
}

QByteArray lineFrom(QTcpSocket &socket)
{
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(kPatience))
            return {};
    }
    return socket.readLine().trimmed();
}

} // namespace

RedisServer::~RedisServer() { stop(); }

Result<void> RedisServer::start(const QByteArray &password)
{
    if (QStandardPaths::findExecutable(QStringLiteral("redis-server")).isEmpty())
        return failure(Error::Code::NotFound,
                       QStringLiteral("redis-server is not installed; packaging/test installs it"));
    m_password = password;
    Result<void> result;
    for (int attempt = 0; attempt < 3; ++attempt) { // another program may take the port between look and use
        result = startOn(freePort());
        if (result)
            break;
    }
    return result;
}

Result<void> RedisServer::startOn(quint16 port)
{
    stop();
    m_port = port;
    QStringList arguments{QStringLiteral("--bind"), QStringLiteral("127.0.0.1"),
                          QStringLiteral("--port"), QString::number(port),
                          QStringLiteral("--save"), QString(),
                          QStringLiteral("--dir"),  m_folder.path()};
    if (!m_password.isEmpty())
        arguments << QStringLiteral("--requirepass") << QString::fromUtf8(m_password);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(QStringLiteral("redis-server"), arguments);
    if (waitUntilItAnswers())
        return {};
    stop();
    return failure(Error::Code::Unreachable, QString::fromUtf8(m_process.readAll()).trimmed().right(1000));
}

bool RedisServer::waitUntilItAnswers()
{
    QElapsedTimer waited;
    waited.start();
    while (!waited.hasExpired(kPatience)) {
        const bool isThere = command({"PING"}) == "+PONG";
        m_process.waitForFinished(isThere ? 1 : 20);
        if (m_process.state() == QProcess::NotRunning) // then it was another program that answered
            return false;
        if (isThere)
            return true;
    }
    return false;
}

QByteArray RedisServer::command(const QByteArrayList &words) const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    if (!socket.waitForConnected(kPatience))
        return {};
    if (!m_password.isEmpty()) {
        socket.write(wireForm({"AUTH", m_password}));
        lineFrom(socket);
    }
    socket.write(wireForm(words));
    return lineFrom(socket);
}

bool RedisServer::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return true;
    m_process.terminate();
    if (m_process.waitForFinished(kPatience))
        return true;
    m_process.kill();
    m_process.waitForFinished(kPatience);
    return false;
}

} // namespace Headroom
