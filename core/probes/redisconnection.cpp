// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/redisconnection.h"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <sys/socket.h>

#include <utility>
#include <vector>

namespace Headroom {

namespace {

QString tooMuch() { return QStringLiteral("it answers what it is not asked"); }

/// hiredis says that there is no memory where we refuse a list (boundRedisReader).
QString tooDeep() { return QStringLiteral("it answers lists in lists in lists; is it a Redis server?"); }

/// Whether there is something to read, and not only the end.
bool hasBytes(int socket)
{
    char byte = 0;
    return ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

} // namespace

struct RedisConnection::Hooks
{
    static RedisConnection &of(void *data) { return *static_cast<RedisConnection *>(data); }
    static void addRead(void *data) { of(data).listen(of(data).m_read, QSocketNotifier::Read, true); }
    static void delRead(void *data) { of(data).listen(of(data).m_read, QSocketNotifier::Read, false); }
    static void addWrite(void *data) { of(data).listen(of(data).m_write, QSocketNotifier::Write, true); }
    static void delWrite(void *data) { of(data).listen(of(data).m_write, QSocketNotifier::Write, false); }
    static void cleanup(void *data) { of(data).forget(); }
    static void connected(const redisAsyncContext *context, int status)
    {
        if (status != REDIS_OK)
            of(context->data).m_problem = QString::fromUtf8(context->errstr);
    }
    static void answered(redisAsyncContext *context, void *reply, void * /*data*/)
    {
        RedisConnection &self = of(context->data);
        if (!reply) { // closed
            if (self.m_problem.isEmpty())
                self.m_problem = QString::fromUtf8(context->errstr);
            return self.take(nullptr);
        }
        const RedisAnswer answer = redisAnswerOf(*static_cast<const redisReply *>(reply));
        self.take(&answer);
        // hiredis 1.2 ends the program when there is an answer that nobody waits for.
        if (self.m_waiting.empty() && context->c.reader->pos < context->c.reader->len) {
            self.m_problem = tooMuch();
            redisAsyncFree(context); // done by hiredis when this has returned
        }
    }
};

void RedisConnection::close()
{
    m_isDropped = true;
    if (m_context)
        redisAsyncFree(m_context);
}

void RedisConnection::open(const QHostAddress &address, quint16 port)
{
    redisOptions options{};
    const QByteArray host = address.toString().toUtf8();
    REDIS_OPTIONS_SET_TCP(&options, host.constData(), port);
    redisAsyncContext *context = redisAsyncConnectWithOptions(&options);
    if (!context || context->err) {
        const QString why = context ? QString::fromUtf8(context->errstr) : QStringLiteral("out of memory");
        if (context)
            redisAsyncFree(context);
        return sayClosed(why);
    }
    m_context = context;
    context->data = this;
    boundRedisReader(*context->c.reader);
    context->ev.data = this;
    context->ev.addRead = Hooks::addRead;
    context->ev.delRead = Hooks::delRead;
    context->ev.addWrite = Hooks::addWrite;
    context->ev.delWrite = Hooks::delWrite;
    context->ev.cleanup = Hooks::cleanup;
    redisAsyncSetConnectCallback(context, Hooks::connected); // begins to listen
}

void RedisConnection::send(const QByteArrayList &command, Take take)
{
    if (!m_context)
        return;
    std::vector<const char *> words;
    std::vector<std::size_t> sizes;
    for (const QByteArray &word : command) {
        words.push_back(word.constData());
        sizes.push_back(std::size_t(word.size()));
    }
    m_waiting.push_back(std::move(take));
    const int status =
        redisAsyncCommandArgv(m_context, Hooks::answered, nullptr, int(words.size()), words.data(), sizes.data());
    if (status != REDIS_OK)
        m_waiting.pop_back(); // it is closing
}

void RedisConnection::listen(std::unique_ptr<QSocketNotifier> &notifier, QSocketNotifier::Type type, bool isWanted)
{
    if (!notifier && isWanted) {
        notifier = std::make_unique<QSocketNotifier>(qintptr(m_context->c.fd), type);
        const auto handle =
            type == QSocketNotifier::Read ? &RedisConnection::handleRead : &RedisConnection::handleWrite;
        connect(notifier.get(), &QSocketNotifier::activated, this, handle);
    }
    if (notifier)
        notifier->setEnabled(isWanted);
}

void RedisConnection::handleRead()
{
    if (!m_context)
        return;
    const bool isEndless = --m_readsLeft < 0;
    if (isEndless || (m_waiting.empty() && hasBytes(m_context->c.fd))) {
        m_problem = isEndless ? QStringLiteral("it answers without end") : tooMuch();
        redisAsyncFree(m_context);
        return;
    }
    redisAsyncHandleRead(m_context);
}

void RedisConnection::handleWrite()
{
    if (m_context)
        redisAsyncHandleWrite(m_context);
}

/// The answer to the oldest command; null: there will be none.
void RedisConnection::take(const RedisAnswer *answer)
{
    if (m_waiting.empty())
        return;
    const Take taker = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (answer && !m_isDropped)
        taker(*answer);
}

/// The context is being freed.
void RedisConnection::forget()
{
    // Called before the commands under way hear that there is no answer, and the reason is gone afterwards. That the
    // server has closed is said in our own words.
    if (m_problem.isEmpty() && m_context && m_context->err != 0 && m_context->err != REDIS_ERR_EOF)
        m_problem = m_context->err == REDIS_ERR_OOM ? tooDeep() : QString::fromUtf8(m_context->errstr);
    m_context = nullptr;
    for (auto *notifier : {&m_read, &m_write}) {
        if (!*notifier)
            continue;
        (*notifier)->setEnabled(false);
        notifier->release()->deleteLater(); // one of them may be the caller
    }
    if (!m_isDropped)
        sayClosed(m_problem.isEmpty() ? QStringLiteral("the connection ended; is it a Redis server?") : m_problem);
}

void RedisConnection::sayClosed(const QString &why)
{
    QMetaObject::invokeMethod(this, [this, why] { Q_EMIT closed(why); }, Qt::QueuedConnection);
}

} // namespace Headroom
