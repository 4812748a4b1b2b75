// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/http1connection.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr int kMostReads = 16; // at a time; then others have their turn
constexpr int kMostWrites = 16; // the same

} // namespace

Http1Connection::Http1Connection(const Origin &origin, DirectParts &parts, Connection::Owner &owner)
    : m_parts(parts)
    , m_owner(owner)
    , m_stream(origin, parts, *this)
    , m_deadlines(parts.alarms, {[](void *self) { static_cast<Http1Connection *>(self)->checkDeadlines(); }, this})
{
}

// --- One exchange --------------------------------------------------------------------------------------------------

void Http1Connection::start(PendingExchange &pending, const WrittenRequest &request)
{
    m_pending = &pending;
    m_head = request.head;
    m_body = request.body;
    m_sent = 0;
    m_sendLoss.reset();
    Exchange &exchange = pending.exchange();
    exchange.sent = m_parts.clock.now();
    exchange.bytesOut = pending.request().body ? std::uint64_t(pending.request().body->size()) : 0;
    m_keeper.begin(pending.request(), exchange);
    m_parser.begin(m_keeper, request.asksForHead);
    if (m_stream.isOpen())
        send();
    else
        m_stream.open();
    m_deadlines.watch(nextDeadline());
}

void Http1Connection::streamOpened()
{
    m_pending->exchange().opening = m_stream.opening();
    send();
    m_deadlines.watch(nextDeadline());
}

void Http1Connection::streamFailed(const ConnectionLoss &loss) { fail(loss.kind, loss.message); }

void Http1Connection::streamReady()
{
    if (m_pending && !isSent())
        send();
    receive();
}

void Http1Connection::send()
{
    for (int writes = 0; !isSent() && !m_sendLoss; ++writes) {
        if (writes == kMostWrites)
            return m_stream.readAgain();
        const QByteArrayView head = QByteArrayView(m_head).sliced(std::min(m_sent, m_head.size()));
        const QByteArrayView body = QByteArrayView(m_body).sliced(std::max<qsizetype>(0, m_sent - m_head.size()));
        auto moved = head.isEmpty() ? m_stream.write(body) : m_stream.write(head, body);
        if (moved.loss) {
            m_sendLoss = std::move(moved.loss); // an answer may have come before; receive() finds it, or an end
            m_stream.readAgain();
        }
        if (moved.bytes == 0)
            return;
        m_sent += qsizetype(moved.bytes);
    }
}

void Http1Connection::receive()
{
    for (int reads = 0; reads < kMostReads; ++reads) {
        std::vector<char> &room = m_parts.scratch;
        const ByteStream::Moved moved = m_stream.read(room.data(), room.size());
        if (moved.loss)
            return takeLoss(moved);
        if (moved.bytes == 0)
            return; // it will tell
        if (!m_pending)
            return m_stream.close(); // nobody has asked for anything
        if (take(QByteArrayView(room.data(), qsizetype(moved.bytes))))
            return; // over, and perhaps the next has begun
        if (moved.bytes < room.size() && !m_stream.mayHaveMore())
            return;
    }
    m_stream.readAgain();
}

/// True when they ended the exchange.
bool Http1Connection::take(QByteArrayView bytes)
{
    Exchange &exchange = m_pending->exchange();
    if (exchange.firstByte == SteadyTime{})
        exchange.firstByte = m_parts.clock.now();
    switch (m_parser.take(bytes)) {
    case AnswerParser::Progress::NeedsMore:
        if (!m_keeper.isToBeCut())
            return false;
        fail(FailureKind::Other, QLatin1String(Exchange::kCutLongBody));
        return true;
    case AnswerParser::Progress::Complete:
        finish(FailureKind::None, m_parser.isConnectionKept() && m_parser.taken() == std::size_t(bytes.size())
                                      && !m_stream.hasMore());
        return true;
    case AnswerParser::Progress::Broken:
        fail(FailureKind::Protocol, failureKindText(FailureKind::Protocol) + QStringLiteral(" (%1)").arg(m_parser.problem()));
        return true;
    }
    Q_UNREACHABLE_RETURN(true);
}

/// An end may complete an answer that has no length; else it cuts one that has.
void Http1Connection::takeLoss(const ByteStream::Moved &moved)
{
    if (!m_pending)
        return m_stream.close();
    if (moved.isEnd && m_parser.takeEnd() == AnswerParser::Progress::Complete)
        return finish(FailureKind::None, false);
    if (moved.isEnd && m_parser.hasHead())
        return fail(FailureKind::Truncated, failureKindText(FailureKind::Truncated));
    const ConnectionLoss &loss = moved.isEnd && m_sendLoss ? *m_sendLoss : *moved.loss; // what cut it is told once
    fail(loss.kind, QString(loss.message));
}

void Http1Connection::fail(FailureKind kind, const QString &message)
{
    m_pending->exchange().message = message;
    finish(kind, false);
}

void Http1Connection::finish(FailureKind kind, bool isKept)
{
    PendingExchange &pending = *std::exchange(m_pending, nullptr);
    Exchange &exchange = pending.exchange();
    exchange.failure = kind;
    exchange.finished = m_parts.clock.now();
    if (!m_parser.hasHead()) {
        exchange.firstByte = exchange.finished;
        m_keeper.dropHead();
    }
    m_keeper.end();
    if (!isKept || !isSent() || !m_parts.options.isReused || m_stream.isEnding())
        m_stream.close();
    m_owner.exchangeOver(*this);
    pending.finish(); // and perhaps begins the next, here
}

// --- Deadlines -----------------------------------------------------------------------------------------------------

SteadyTime Http1Connection::nextDeadline() const
{
    const ExchangeTimeouts &timeouts = m_pending->request().timeouts;
    Nanoseconds next = timeouts.total;
    if (!m_parser.hasHead())
        next = std::min(next, timeouts.firstByte);
    if (!m_stream.isOpen())
        next = std::min(next, timeouts.connect);
    return m_pending->exchange().sent + next;
}

void Http1Connection::checkDeadlines()
{
    if (!m_pending)
        return; // the next exchange watches for itself
    const SteadyTime deadline = nextDeadline();
    if (m_parts.clock.now() < deadline)
        return m_deadlines.watch(deadline);
    const Nanoseconds waited = deadline - m_pending->exchange().sent;
    const ExchangeTimeouts &timeouts = m_pending->request().timeouts;
    FailureKind kind = FailureKind::Timeout;
    if (!m_stream.isOpen() && waited == timeouts.connect)
        kind = FailureKind::ConnectTimeout;
    else if (!m_parser.hasHead() && waited == timeouts.firstByte)
        kind = FailureKind::FirstByteTimeout;
    fail(kind, failureKindText(kind));
}

void Http1Connection::abort()
{
    if (m_pending)
        fail(FailureKind::Aborted, failureKindText(FailureKind::Aborted));
}

} // namespace Headroom
