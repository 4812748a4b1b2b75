// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/http2connection.h"

#include "core/http/direct/http2stream.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr int kMostReads = 16; // at a time; then others have their turn
constexpr std::size_t kMostOut = 32 * 1024; // in one write
constexpr std::int32_t kWindow = 16 * 1024 * 1024; // so that flow control is never what limits a stream or a connection
constexpr int kMostWrites = 16; // the same
constexpr Nanoseconds kBeforeRefusal = 1ms; // so that who tries again at once leaves time for those who are served

QString withReason(FailureKind kind, const QString &reason)
{
    return failureKindText(kind) + QStringLiteral(" (%1)").arg(reason);
}

} // namespace

Http2Connection::Http2Connection(const Origin &origin, DirectParts &parts, Connection::Owner &owner)
    : m_parts(parts)
    , m_owner(owner)
    , m_stream(origin, parts, *this)
    , m_deadlines(parts.alarms, {[](void *self) { static_cast<Http2Connection *>(self)->checkDeadlines(); }, this})
{
    m_out.reserve(kMostOut);
}

Http2Connection::~Http2Connection() = default;

// --- Sending -------------------------------------------------------------------------------------------------------

Http2Connection::Stream &Http2Connection::freeStream()
{
    const auto free = std::ranges::find_if(m_streams, [](const auto &stream) { return !stream->pending; });
    return free != m_streams.end() ? **free : *m_streams.emplace_back(std::make_unique<Stream>());
}

void Http2Connection::start(PendingExchange &pending, const WrittenRequest &request)
{
    Stream &stream = freeStream();
    ++m_busy;
    stream.pending = &pending;
    stream.id = 0;
    stream.fields = request.fields;
    stream.body = request.body;
    stream.bodySent = 0;
    stream.error = 0;
    stream.headBytes = 0;
    stream.hasStatus = stream.hasHead = stream.isComplete = false;
    stream.isReset = stream.isRefused = stream.isUnsendable = false;
    Exchange &exchange = pending.exchange();
    exchange.sent = m_parts.clock.now();
    exchange.bytesOut = std::uint64_t(request.body.size());
    stream.keeper.begin(pending.request(), exchange);
    if (takesRequests()) {
        submit(stream);
        if (!m_isReceiving)
            send();
    } else if (m_stream.isClosed()) {
        open();
    } // else it waits for that, or for those that are still under way on a connection that goes away
    m_deadlines.watch(deadlineOf(stream));
}

void Http2Connection::open()
{
    m_openingSince = m_parts.clock.now();
    m_stream.open();
    for (const auto &stream : m_streams) { // what waits has the time to connect from here on
        if (stream->pending)
            m_deadlines.watch(deadlineOf(*stream));
    }
}

void Http2Connection::streamOpened()
{
    if (!m_stream.speaksHttp2())
        return failAll(FailureKind::Protocol, withReason(FailureKind::Protocol, QStringLiteral("the target does not speak HTTP/2")), FailureKind::Protocol);
    beginSession();
    bool isFirst = true;
    for (const auto &stream : m_streams) {
        if (!stream->pending || stream->isRefused)
            continue;
        if (std::exchange(isFirst, false))
            stream->pending->exchange().opening = m_stream.opening();
        submit(*stream);
    }
    send();
}

void Http2Connection::beginSession()
{
    nghttp2_session *session = nullptr;
    nghttp2_session_client_new(&session, Callbacks::all(), this);
    m_session.reset(session);
    m_problem.clear();
    m_out.clear();
    m_sent = 0;
    const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
                                               {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kWindow},
                                               {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, AnswerParser::kLongestHead}};
    nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings, std::size(settings));
    nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, kWindow);
}

void Http2Connection::submit(Stream &stream)
{
    const auto mostAtOnce = nghttp2_session_get_remote_settings(m_session.get(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
    const auto atOnce = std::ranges::count_if(m_streams, [](const auto &other) { return other->pending && other->id > 0; });
    if (std::uint64_t(atOnce) >= mostAtOnce) {
        stream.isRefused = true;
        m_deadlines.watch(deadlineOf(stream));
        return;
    }
    m_fields.clear();
    for (const auto &[name, value] : stream.fields) {
        m_fields.push_back({reinterpret_cast<std::uint8_t *>(const_cast<char *>(name.constData())),
                            reinterpret_cast<std::uint8_t *>(const_cast<char *>(value.constData())),
                            std::size_t(name.size()), std::size_t(value.size()), NGHTTP2_NV_FLAG_NONE});
    }
    nghttp2_data_provider2 body{};
    body.source.ptr = &stream;
    body.read_callback = Callbacks::readBody;
    stream.id = nghttp2_submit_request2(m_session.get(), nullptr, m_fields.data(), m_fields.size(),
                                        stream.body.isEmpty() ? nullptr : &body, &stream);
    if (stream.id < 0) { // its numbers are used up (RFC 9113, 5.1.1): the next connection begins anew
        stream.id = 0;
        m_isGoingAway = true;
        if (m_busy == 1)
            m_deadlines.watch(m_parts.clock.now());
    }
}

/// Takes what is to be sent next. False: nothing.
bool Http2Connection::fillOut()
{
    if (m_sent < m_out.size())
        return true;
    m_out.clear();
    m_sent = 0;
    while (m_out.size() < kMostOut) {
        const std::uint8_t *bytes = nullptr;
        const nghttp2_ssize count = nghttp2_session_mem_send2(m_session.get(), &bytes);
        if (count <= 0)
            break;
        m_out.insert(m_out.end(), bytes, bytes + count);
    }
    return !m_out.empty();
}

void Http2Connection::send()
{
    for (int writes = 0; m_session && fillOut(); ++writes) {
        if (writes == kMostWrites) {
            m_stream.readAgain();
            break;
        }
        const auto moved = m_stream.write(QByteArrayView(m_out.data() + m_sent, qsizetype(m_out.size() - m_sent)));
        if (moved.loss)
            m_stream.readAgain(); // what had come before it is read first
        if (moved.bytes == 0)
            break; // it will tell
        m_sent += moved.bytes;
    }
    if (!m_over.empty() && !m_isReceiving)
        m_deadlines.watch(m_parts.clock.now());
}

// --- Receiving -----------------------------------------------------------------------------------------------------

void Http2Connection::streamReady()
{
    m_isReceiving = true;
    receive();
    m_isReceiving = false;
    send();
    while (!m_over.empty()) { // a wrong answer ends its stream when that is told
        finishOver();
        send();
    }
    if (isBroken())
        return failBroken();
    closeWhenIdle();
}

void Http2Connection::receive()
{
    for (int reads = 0; reads < kMostReads && m_session; ++reads) {
        std::vector<char> &room = m_parts.scratch;
        const ByteStream::Moved moved = m_stream.read(room.data(), room.size());
        if (moved.loss)
            send(); // what was wrong before it is known from here on
        if (moved.loss && isBroken())
            return failBroken();
        if (moved.loss)
            return failAll(moved.loss->kind, moved.loss->message, moved.isEnd ? FailureKind::Truncated : moved.loss->kind);
        if (moved.bytes == 0)
            return;
        m_readAt = m_parts.clock.now();
        const nghttp2_ssize taken = nghttp2_session_mem_recv2(
            m_session.get(), reinterpret_cast<const std::uint8_t *>(room.data()), moved.bytes);
        finishOver();
        if (!m_session)
            return; // over, or cut meanwhile
        if (taken < 0)
            return failAll(FailureKind::Protocol, withReason(FailureKind::Protocol, QString::fromLatin1(nghttp2_strerror(int(taken)))), FailureKind::Protocol);
        if (moved.bytes < room.size() && !m_stream.mayHaveMore())
            return;
    }
    if (m_session)
        m_stream.readAgain();
}

void Http2Connection::finishOver()
{
    for (std::size_t i = 0; i < m_over.size(); ++i) { // who is waked may send, and so add some
        const auto [stream, id] = m_over[i];
        if (stream->pending && stream->id == id)
            finishClosed(*stream);
    } // else it was cut meanwhile
    m_over.clear();
}

void Http2Connection::finishClosed(Stream &stream)
{
    if (stream.isComplete) {
        if (stream.bodySent < stream.body.size()) // answered before the request was over: nobody wants its rest
            nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream.id, NGHTTP2_NO_ERROR);
        return finish(stream, FailureKind::None);
    }
    if (stream.keeper.isToBeCut())
        return cancel(stream, FailureKind::Other, QLatin1String(Exchange::kCutLongBody));
    if (stream.isUnsendable)
        return finish(stream, FailureKind::Other, QStringLiteral("The request has more header fields than HTTP/2 can send (64 KiB)"));
    const auto error = QString::fromLatin1(nghttp2_http2_strerror(stream.error));
    if (stream.isReset || stream.error == NGHTTP2_REFUSED_STREAM)
        return finish(stream, FailureKind::Closed, QStringLiteral("The target reset the stream before the answer was complete (%1)").arg(error));
    finish(stream, FailureKind::Protocol, withReason(FailureKind::Protocol, error));
}

bool Http2Connection::isUnderWay() const
{
    return std::ranges::any_of(m_streams, [](const auto &stream) { return stream->pending && stream->id > 0; });
}

/// Whether the library has given the connection up, and has told the target so.
bool Http2Connection::isBroken() const
{
    return m_session && !nghttp2_session_want_read(m_session.get()) && isUnderWay();
}

void Http2Connection::failBroken()
{
    const QString problem = m_problem.isEmpty() ? QStringLiteral("its frames break the rules of HTTP/2") : m_problem;
    failAll(FailureKind::Protocol, withReason(FailureKind::Protocol, problem), FailureKind::Protocol);
}

/// A connection that the target takes no more on: those that wait have a new one as soon as the last is over.
void Http2Connection::closeWhenIdle()
{
    if (m_session && !nghttp2_session_want_read(m_session.get()) && !nghttp2_session_want_write(m_session.get()))
        m_isGoingAway = true;
    if (!m_isGoingAway || isUnderWay())
        return;
    drop();
    if (m_busy > 0)
        open();
}

/// The next exchange has a new connection.
void Http2Connection::drop()
{
    m_isGoingAway = false;
    m_session.reset();
    m_stream.close();
    m_over.clear();
}

// --- The end of an exchange ----------------------------------------------------------------------------------------

void Http2Connection::streamFailed(const ConnectionLoss &loss) { failAll(loss.kind, loss.message, loss.kind); }

/// `withHead`: of those whose answer had begun.
void Http2Connection::failAll(FailureKind kind, const QString &message, FailureKind withHead)
{
    drop();
    std::vector<Stream *> lost; // those that begin meanwhile are on a new connection
    for (const auto &stream : m_streams) {
        if (stream->pending)
            lost.push_back(stream.get());
    }
    for (Stream *stream : lost) {
        if (stream->pending && stream->hasHead && withHead != kind)
            finish(*stream, withHead, failureKindText(withHead));
        else if (stream->pending)
            finish(*stream, kind, message);
    }
}

void Http2Connection::finish(Stream &stream, FailureKind kind, const QString &message)
{
    if (stream.id > 0 && m_session)
        nghttp2_session_set_stream_user_data(m_session.get(), stream.id, nullptr);
    PendingExchange &pending = *std::exchange(stream.pending, nullptr);
    --m_busy;
    Exchange &exchange = pending.exchange();
    exchange.failure = kind;
    exchange.message = message;
    exchange.finished = kind == FailureKind::None ? m_readAt : m_parts.clock.now(); // many may end in one read
    if (!stream.hasHead) {
        exchange.firstByte = exchange.finished;
        stream.keeper.dropHead();
    }
    stream.keeper.end();
    m_isGoingAway = m_isGoingAway || (m_session && !m_parts.options.isReused);
    if (m_isGoingAway && m_busy == 0)
        drop(); // so that there is room when its owner looks
    m_owner.exchangeOver(*this);
    pending.finish(); // and perhaps begins the next, here
}

void Http2Connection::cancel(Stream &stream, FailureKind kind, const QString &message)
{
    if (stream.id > 0 && m_session)
        nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream.id, NGHTTP2_CANCEL);
    finish(stream, kind, message);
}

// --- Deadlines -----------------------------------------------------------------------------------------------------

SteadyTime Http2Connection::deadlineOf(const Stream &stream) const
{
    if (stream.isRefused)
        return stream.pending->exchange().sent + kBeforeRefusal;
    const ExchangeTimeouts &timeouts = stream.pending->request().timeouts;
    Nanoseconds next = timeouts.total;
    if (!stream.hasHead)
        next = std::min(next, timeouts.firstByte);
    const SteadyTime sent = stream.pending->exchange().sent;
    return m_session ? sent + next : std::min(sent + next, std::max(sent, m_openingSince) + timeouts.connect);
}

FailureKind Http2Connection::lateKind(const Stream &stream) const
{
    const SteadyTime sent = stream.pending->exchange().sent;
    const Nanoseconds waited = deadlineOf(stream) - sent;
    const ExchangeTimeouts &timeouts = stream.pending->request().timeouts;
    if (stream.isRefused)
        return FailureKind::Connect;
    if (!m_session && deadlineOf(stream) == std::max(sent, m_openingSince) + timeouts.connect)
        return FailureKind::ConnectTimeout;
    return !stream.hasHead && waited == timeouts.firstByte ? FailureKind::FirstByteTimeout : FailureKind::Timeout;
}

void Http2Connection::checkDeadlines()
{
    finishOver(); // what was closed while something was sent
    const SteadyTime now = m_parts.clock.now();
    std::vector<Stream *> late;
    for (const auto &stream : m_streams) {
        if (stream->pending && deadlineOf(*stream) <= now)
            late.push_back(stream.get());
    }
    for (Stream *stream : late) {
        if (!stream->pending || deadlineOf(*stream) > now)
            continue; // cut meanwhile, and perhaps begun anew
        const FailureKind kind = lateKind(*stream);
        if (kind == FailureKind::ConnectTimeout && !m_session)
            m_stream.close(); // else who begins next would wait for the same attempt
        if (m_session && m_readAt <= stream->pending->exchange().sent)
            m_isGoingAway = true; // nothing has come since: it may be dead
        cancel(*stream, kind, stream->isRefused ? QStringLiteral("The target takes fewer streams at once on one connection; "
                                                                 "lower target.connection.streams")
                                                : failureKindText(kind));
    }
    send();
    closeWhenIdle();
    if (m_busy == 0 && !m_session)
        m_stream.close(); // nobody waits for it any more
    else if (m_busy > 0 && m_stream.isClosed())
        open();
    for (const auto &stream : m_streams) {
        if (stream->pending)
            m_deadlines.watch(deadlineOf(*stream));
    }
}

void Http2Connection::abort() { failAll(FailureKind::Aborted, failureKindText(FailureKind::Aborted), FailureKind::Aborted); }

} // namespace Headroom
