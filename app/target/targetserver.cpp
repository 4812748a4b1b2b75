// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetserver.h"

#include "app/target/expositiontext.h"
#include "app/target/job.h"
#include "app/target/listener.h"

#include <QHttpHeaders>
#include <QHttpServerRequest>
#include <QTimer>

#include <thread>

namespace Headroom {

namespace {

bool asksToClose(const QHttpHeaders &headers)
{
    return headers.combinedValue(QHttpHeaders::WellKnownHeader::Connection).toLower().contains("close");
}

double secondsOf(Nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

std::chrono::milliseconds toMilliseconds(Nanoseconds time) { return std::chrono::ceil<std::chrono::milliseconds>(time); }

/// Answered also by a service that takes no work.
bool isOfItself(Endpoint endpoint)
{
    return endpoint == Endpoint::Live || endpoint == Endpoint::Stats || endpoint == Endpoint::Metrics
        || endpoint == Endpoint::Hint || isAdmin(endpoint);
}

} // namespace

TargetServer::TargetServer(const TargetOptions &options, Clock &clock, TruthLog *log)
    : m_options(options)
    , m_clock(clock)
    , m_log(log)
    , m_listener(new Listener(this))
    , m_pool(clock, options.workers, options.queue)
    , m_burner(options.workers)
    , m_leak(options.troubles.leakLimit)
    , m_cache(static_cast<std::size_t>(options.answers.cacheEntries), options.answers.cacheTtl)
    , m_administration(options)
    , m_identities(options.seed, options.leaks)
    , m_begin(clock.now())
    , m_calendar(clock)
{
}

TargetServer::~TargetServer() = default;

Result<QUrl> TargetServer::listen()
{
    const TroubleOptions &troubles = m_options.troubles;
    const bool isClosed = troubles.readyAfter > 0s && troubles.untilReady == TroubleOptions::UntilReady::Closed;
    const std::optional<quint16> port = isClosed ? m_listener->reserve(m_options.address, m_options.port)
                                                 : m_listener->open(m_options.address, m_options.port);
    if (!port || (!isClosed && !bind(m_listener))) {
        return failure(Error::Code::Unreachable,
                       QStringLiteral("cannot listen on %1 port %2 (%3); choose another --port, or 0 for a free one")
                           .arg(m_options.address.toString())
                           .arg(m_options.port)
                           .arg(m_listener->problem()));
    }
    planStart();
    planFreezes();
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_options.address.toString());
    url.setPort(*port);
    return url;
}

void TargetServer::planStart()
{
    if (m_options.troubles.readyAfter == 0s)
        return;
    m_phase = Phase::Starting;
    QTimer::singleShot(toMilliseconds(m_options.troubles.readyAfter), Qt::PreciseTimer, this, &TargetServer::becomeReady);
}

void TargetServer::becomeReady()
{
    if (m_phase != Phase::Starting)
        return;
    m_phase = Phase::Serving;
    if (m_listener->isListening())
        return;
    if (!m_listener->openReserved() || !bind(m_listener))
        Q_EMIT failed({Error::Code::Unreachable,
                       QStringLiteral("cannot listen on the port that was taken (%1); choose another --port")
                           .arg(m_listener->problem()),
                       {}});
}

/// Nothing at all is done, as in a service that collects its garbage: the kernel alone accepts connections.
void TargetServer::planFreezes()
{
    for (const Freeze &freeze : m_options.troubles.freezes) {
        QTimer::singleShot(toMilliseconds(freeze.at), Qt::PreciseTimer, this,
                           [lasts = freeze.lasts] { std::this_thread::sleep_for(lasts); });
    }
}

bool TargetServer::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    TargetExchange exchange = receive(request);
    const auto place = placeOf(request.url().path());
    if (place)
        exchange.endpoint = place->endpoint;
    if (!exchange.isConnected()) {
        // The rest of a pipeline whose client has gone: the connection is about to be deleted, and a responder that
        // was kept would outlive it (seen with Qt 6.8.2).
        close(std::move(exchange), kClientGone);
    } else if (const auto refused = refusal(place, request.method())) {
        send(*refused, std::move(exchange), responder);
    } else if (isAdmin(place->endpoint)) {
        send(administer(place->endpoint, request), std::move(exchange), responder);
    } else if (isWorked(place->endpoint)) {
        work(*place, request, std::move(exchange), responder);
    } else {
        send(answerAtOnce(*place), std::move(exchange), responder);
    }
    return true;
}

TargetExchange TargetServer::receive(const QHttpServerRequest &request)
{
    TargetExchange exchange;
    TruthRow &row = exchange.row;
    row.arrival = m_clock.now();
    row.start = row.arrival;
    row.method = nameOf(request.method());
    row.path = request.url().path(QUrl::FullyEncoded).toUtf8();
    const QHttpHeaders &headers = request.headers();
    row.userAgent = headers.value(QHttpHeaders::WellKnownHeader::UserAgent).toByteArray();
    exchange.requestId = headers.value("X-Request-Id").toByteArray();
    exchange.agent = headers.value("X-Agent-Id").toByteArray();
    ++m_requests;
    row.id = exchange.requestId.isEmpty() ? QByteArray::number(m_requests) : exchange.requestId;
    exchange.socket = m_listener->readingSocket();
    exchange.wantsClose = asksToClose(headers);
    return exchange;
}

std::optional<TargetAnswer> TargetServer::refusal(const std::optional<Place> &place,
                                                 QHttpServerRequest::Method method) const
{
    if (!place)
        return TargetAnswer{404, problem("no such path; GET / lists what there is")};
    if (!takes(place->endpoint, method))
        return TargetAnswer{405, problem("wrong method"), {"Allow", nameOf(methodOf(place->endpoint))}};
    if (m_phase == Phase::Serving || isOfItself(place->endpoint))
        return std::nullopt;
    if (m_phase == Phase::Draining)
        return TargetAnswer{503, problem("the service is stopping")};
    const Nanoseconds left = std::max<Nanoseconds>(0s, m_options.troubles.readyAfter - (m_clock.now() - m_begin));
    return TargetAnswer{503,
                        problem("the service is starting"),
                        {"Retry-After", QByteArray::number(qint64(std::chrono::ceil<std::chrono::seconds>(left).count()))}};
}

TargetAnswer TargetServer::answerAtOnce(const Place &place) const
{
    if (place.endpoint == Endpoint::Stats)
        return {200, jsonOf(figures(), m_counts)};
    if (place.endpoint == Endpoint::Metrics)
        return {200, metricsOf(figures(), m_counts), {}, ExpositionText::kContentType};
    if (place.endpoint == Endpoint::Hint)
        return {200, answerOf(place, 0), {}, "text/plain"};
    if (place.endpoint == Endpoint::NewJob)
        return {202, newJob(m_requests, m_clock.now() - m_begin)};
    if (place.endpoint == Endpoint::Job) {
        const auto state = stateOfJob(place.parameter, m_clock.now() - m_begin);
        return state ? TargetAnswer{200, *state} : TargetAnswer{404, problem("no such job; POST /jobs begins one")};
    }
    return {200, answerOf(place, m_requests)};
}

TargetAnswer TargetServer::administer(Endpoint endpoint, const QHttpServerRequest &request)
{
    const TargetAnswer answer = m_administration.answer(
        endpoint, request.headers().value(QHttpHeaders::WellKnownHeader::Authorization).toByteArray(), request.body());
    if (const Nanoseconds freeze = m_administration.takeFreeze(); freeze > 0s) // later, when this is answered
        QMetaObject::invokeMethod(this, [freeze] { std::this_thread::sleep_for(freeze); }, Qt::QueuedConnection);
    return answer;
}

TargetFigures TargetServer::figures() const
{
    return {.workers = m_pool.workers(),
            .inUse = m_pool.inUse(),
            .queueDepth = m_pool.queueDepth(),
            .cacheHits = m_cacheHits,
            .cacheMisses = m_cacheMisses,
            .leakedBytes = m_leak.leaked(),
            .burntCpuSeconds = secondsOf(m_burner.burnt()),
            .uptimeSeconds = secondsOf(m_clock.now() - m_begin),
            .startedUnixSeconds = double(m_calendar.unixMicrosecondsAt(m_begin)) / 1e6,
            .isReady = m_phase == Phase::Serving,
            .isDegraded = m_administration.isDegraded(),
            .process = ownProcessStats()};
}

void TargetServer::stop()
{
    if (std::exchange(m_phase, Phase::Draining) == Phase::Draining)
        return;
    if (m_options.troubles.drain == TroubleOptions::Drain::Close)
        m_listener->close();
    if (m_pool.inUse() == 0)
        finish();
    else
        QTimer::singleShot(toMilliseconds(m_options.troubles.drainWithin), Qt::PreciseTimer, this, &TargetServer::finish);
}

void TargetServer::finish()
{
    if (std::exchange(m_hasStopped, true))
        return;
    m_burner.abandonAll();
    m_pool.abandonAll();
    Q_EMIT stopped();
}

} // namespace Headroom
