// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

#include <QHostInfo>

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

std::vector<Probe::Field> fieldsOf(const RedisProbe::Source &source)
{
    std::vector<Probe::Field> fields;
    for (std::size_t i = 0; i < source.questions.size(); ++i) {
        const QByteArray &info = source.questions[i].infoField;
        const bool isMemory = info.startsWith("used_memory") || info == "maxmemory";
        fields.push_back(
            {source.fields.value(qsizetype(i)), isMemory ? QStringLiteral("bytes") : QStringLiteral("count")});
    }
    return fields;
}

} // namespace

RedisProbe::RedisProbe(const QString &name, Source source, Clock &clock)
    : Probe(name, fieldsOf(source))
    , m_source(std::move(source))
    , m_clock(clock)
    , m_deadline(clock.makeAlarm(
          [this] { giveUp(QStringLiteral("did not answer within %1").arg(formatDuration(m_source.timeout))); }))
{
}

RedisProbe::~RedisProbe() { RedisProbe::cancel(); }

QString RedisProbe::shownServer() const
{
    return QStringLiteral("Redis at %1:%2").arg(m_source.host).arg(m_source.port);
}

void RedisProbe::read()
{
    ASSERT_THREAD(this);
    if (m_isReading)
        return skip();
    if (std::exchange(m_isRefused, false))
        drop();
    m_isReading = true;
    m_values = missingValues();
    m_problem.clear();
    m_deadline->setFor(m_clock.now() + m_source.timeout);
    if (m_connection)
        ask();
    else
        lookUp();
}

void RedisProbe::lookUp()
{
    const QHostAddress address(m_source.host);
    if (!address.isNull())
        return connectTo(address);
    m_lookUp = QHostInfo::lookupHost(m_source.host, this, [this](const QHostInfo &info) {
        if (info.lookupId() != std::exchange(m_lookUp, -1))
            return;
        const QList<QHostAddress> found = info.addresses();
        // Redis listens on 127.0.0.1 alone more often than on ::1 alone.
        const auto usual = std::ranges::find(found, QAbstractSocket::IPv4Protocol, &QHostAddress::protocol);
        if (found.isEmpty())
            giveUp(QStringLiteral("cannot be found: %1").arg(info.errorString()));
        else
            connectTo(usual == found.end() ? found.constFirst() : *usual);
    });
}

void RedisProbe::connectTo(const QHostAddress &address)
{
    m_connection = std::make_unique<RedisConnection>();
    connect(m_connection.get(), &RedisConnection::closed, this, [this](const QString &why) {
        if (m_isReading)
            giveUp(QStringLiteral("cannot be asked: %1").arg(why));
        else
            drop(); // the next reading makes another
    });
    m_connection->open(address, m_source.port);
    logIn();
    ask();
}

void RedisProbe::logIn()
{
    const auto check = [this](const RedisAnswer &answer) { refuseLogIn(answer); };
    if (!m_source.password.isEmpty()) {
        QByteArrayList command{"AUTH"};
        if (!m_source.user.isEmpty())
            command.append(m_source.user.toUtf8());
        m_connection->send(command << m_source.password.toUtf8(), check);
    }
    if (m_source.database != 0)
        m_connection->send({"SELECT", QByteArray::number(m_source.database)}, check);
}

void RedisProbe::refuseLogIn(const RedisAnswer &answer)
{
    m_isRefused = m_isRefused || answer.isError;
    if (answer.isError && m_problem.isEmpty())
        m_problem = QStringLiteral("refused: %1").arg(QString::fromUtf8(answer.text));
}

/// Each command once, though several questions may be about its answer.
void RedisProbe::ask()
{
    QList<QByteArrayList> commands;
    for (const RedisQuestion &question : m_source.questions) {
        if (!commands.contains(question.command))
            commands.append(question.command);
    }
    m_unanswered = int(commands.size());
    m_connection->allow(kMaxAnswerBytes);
    for (const QByteArrayList &command : std::as_const(commands))
        m_connection->send(command, [this, command](const RedisAnswer &answer) { take(command, answer); });
}

void RedisProbe::take(const QByteArrayList &command, const RedisAnswer &answer)
{
    for (std::size_t i = 0; i < m_source.questions.size(); ++i) {
        const RedisQuestion &question = m_source.questions[i];
        if (question.command != command)
            continue;
        m_values[i] = redisNumberIn(answer, question);
        if (m_values[i] || !m_problem.isEmpty())
            continue;
        const QString asked = QString::fromUtf8((command + QByteArrayList{question.infoField}).join(' ')).trimmed();
        m_problem = answer.isError ? QStringLiteral("refused %1: %2").arg(asked, QString::fromUtf8(answer.text))
                                   : QStringLiteral("answered %1 without a number; correct it").arg(asked);
    }
    if (--m_unanswered == 0)
        finishLater();
}

/// From the event loop: who hears of the values may begin, cancel or end anything.
void RedisProbe::finishLater()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_isReading && m_unanswered == 0)
                finish();
        },
        Qt::QueuedConnection);
}

void RedisProbe::finish()
{
    m_deadline->cancel();
    m_isReading = false;
    if (m_problem.isEmpty())
        succeed(m_values);
    else
        fail(shownServer() + u' ' + m_problem, m_values);
}

void RedisProbe::cancel()
{
    m_deadline->cancel();
    if (m_lookUp >= 0)
        QHostInfo::abortHostLookup(std::exchange(m_lookUp, -1));
    if (std::exchange(m_isReading, false))
        drop(); // what was asked would be answered into the next reading
}

void RedisProbe::drop()
{
    RedisConnection *connection = m_connection.release();
    if (!connection)
        return;
    connection->disconnect(this);
    connection->close();
    connection->deleteLater(); // it may be the one who called
}

void RedisProbe::giveUp(const QString &problem)
{
    cancel();
    fail(shownServer() + u' ' + problem);
}

} // namespace Headroom
