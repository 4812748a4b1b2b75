// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetserver.h"

#include "app/target/job.h"
#include "app/target/listener.h"
#include "app/target/processstats.h"

#include <QHttpHeaders>
#include <QHttpServerRequest>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace Headroom {

namespace {

constexpr std::chrono::seconds kGrace = 5s;
constexpr int kClientGone = 499; // nginx's code for it
constexpr int kServiceEnded = 0;

QByteArray problem(const char *text) { return QByteArray(R"({"error":")") + text + "\"}"; }

bool asksToClose(const QHttpHeaders &headers)
{
    return headers.combinedValue(QHttpHeaders::WellKnownHeader::Connection).toLower().contains("close");
}

double secondsOf(Nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

} // namespace

TargetServer::TargetServer(const TargetOptions &options, Clock &clock, TruthLog *log)
    : m_options(options)
    , m_clock(clock)
    , m_log(log)
    , m_listener(new Listener(this))
    , m_pool(clock, options.workers, options.queue)
    , m_serviceTimes(options.serviceTimes)
    , m_identities(options.seed, options.leaks)
    , m_begin(clock.now())
{
}

TargetServer::~TargetServer() = default;

Result<QUrl> TargetServer::listen()
{
    if (!m_listener->listen(m_options.address, m_options.port) || !bind(m_listener)) {
        return failure(Error::Code::Unreachable,
                       QStringLiteral("cannot listen on %1 port %2 (%3); choose another --port, or 0 for a free one")
                           .arg(m_options.address.toString())
                           .arg(m_options.port)
                           .arg(m_listener->errorString()));
    }
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_options.address.toString());
    url.setPort(m_listener->serverPort());
    return url;
}

bool TargetServer::handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder)
{
    Exchange exchange = receive(request);
    const auto place = placeOf(request.url().path());
    if (!isConnected(exchange)) {
        // The rest of a pipeline whose client has gone: the connection is about to be deleted, and a responder that
        // was kept would outlive it (seen with Qt 6.8.2).
        close(std::move(exchange), kClientGone);
    } else if (m_isStopping) {
        exchange.wantsClose = true;
        send({503, problem("the service is stopping")}, std::move(exchange), responder);
    } else if (!place) {
        send({404, problem("no such path; GET / lists what there is")}, std::move(exchange), responder);
    } else if (!takes(place->endpoint, request.method())) {
        send({405, problem("wrong method"), {"Allow", nameOf(methodOf(place->endpoint))}}, std::move(exchange),
             responder);
    } else if (place->endpoint == Endpoint::Admin) {
        send(administer(request), std::move(exchange), responder);
    } else if (isWorked(place->endpoint)) {
        work(*place, std::move(exchange), responder);
    } else {
        send(answerAtOnce(*place), std::move(exchange), responder);
    }
    return true;
}

bool TargetServer::isConnected(const Exchange &exchange)
{
    return exchange.socket && exchange.socket->state() == QAbstractSocket::ConnectedState;
}

TargetServer::Exchange TargetServer::receive(const QHttpServerRequest &request)
{
    Exchange exchange;
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

void TargetServer::work(const Place &place, Exchange exchange, QHttpServerResponder &responder)
{
    const std::uint64_t number = m_worked++;
    const Nanoseconds time = m_serviceTimes.of(place.endpoint).sample(m_options.seed, number);
    const SteadyTime arrival = exchange.row.arrival;
    const auto shared =
        std::make_shared<std::pair<Exchange, QHttpServerResponder>>(std::move(exchange), std::move(responder));
    const bool isTaken = m_pool.submit(arrival, time, [this, place, number, shared](const WorkerPool::Work &work) {
        finishWork(work, place, number, std::move(shared->first), std::move(shared->second));
    });
    if (isTaken)
        return;
    // Back to its caller: QHttpServer must destroy a responder that is answered at once by itself.
    responder = std::move(shared->second);
    send({429, problem("the queue is full"), {"Retry-After", "1"}}, std::move(shared->first), responder);
}

void TargetServer::finishWork(const WorkerPool::Work &work, const Place &place, std::uint64_t number, Exchange exchange,
                              QHttpServerResponder responder)
{
    exchange.row.start = work.started;
    exchange.agent = m_identities.of(exchange.agent, number);
    exchange.told = selfReportOf(m_clock.now() - work.started, m_options.seed, number, m_options.cacheHits);
    if (!work.isFinished)
        close(std::move(exchange), kServiceEnded);
    else
        send({200, answerOf(place, number)}, std::move(exchange), responder);
    if (m_isStopping && m_pool.inUse() == 0)
        QMetaObject::invokeMethod(this, &TargetServer::finish, Qt::QueuedConnection);
}

TargetServer::Answer TargetServer::answerAtOnce(const Place &place) const
{
    if (place.endpoint == Endpoint::Stats)
        return {200, stats()};
    if (place.endpoint == Endpoint::Hint)
        return {200, answerOf(place, 0), {}, "text/plain"};
    if (place.endpoint == Endpoint::NewJob)
        return {202, newJob(m_requests, m_clock.now() - m_begin)};
    if (place.endpoint == Endpoint::Job) {
        const auto state = stateOfJob(place.parameter, m_clock.now() - m_begin);
        return state ? Answer{200, *state} : Answer{404, problem("no such job; POST /jobs begins one")};
    }
    return {200, answerOf(place, m_requests)};
}

TargetServer::Answer TargetServer::administer(const QHttpServerRequest &request)
{
    constexpr qsizetype kLongestList = 10'000;
    const QByteArray given =
        request.headers().value(QHttpHeaders::WellKnownHeader::Authorization).toByteArray();
    if (m_options.adminToken.isEmpty() || given != "Bearer " + m_options.adminToken)
        return {401, problem("this takes the token of --admin-token, as Authorization: Bearer TOKEN"), {"WWW-Authenticate", "Bearer"}};
    const QByteArray list = request.body().first(std::min(request.body().size(), kLongestList));
    const auto times = ServiceTimes::parse({QString::fromUtf8(list).trimmed()});
    if (!times)
        return {400, problem("the body is no list such as *=2ms, retrieve=20ms")};
    m_serviceTimes = *times;
    return {200, R"({"status":"changed"})"};
}

QByteArray TargetServer::stats() const
{
    QJsonObject requests;
    for (const auto &[status, count] : m_byStatus)
        requests.insert(QString::number(status), double(count));
    const ProcessStats process = ownProcessStats();
    const QJsonObject pool{{QStringLiteral("workers"), m_pool.workers()}, {QStringLiteral("in_use"), m_pool.inUse()}};
    return QJsonDocument(QJsonObject{{QStringLiteral("queue_depth"), m_pool.queueDepth()},
                                     {QStringLiteral("pool"), pool},
                                     {QStringLiteral("requests"), requests},
                                     {QStringLiteral("cpu_seconds"), process.cpuSeconds},
                                     {QStringLiteral("rss_bytes"), double(process.rssBytes)},
                                     {QStringLiteral("uptime_seconds"), secondsOf(m_clock.now() - m_begin)}})
        .toJson(QJsonDocument::Compact);
}

void TargetServer::send(const Answer &answer, Exchange exchange, QHttpServerResponder &responder)
{
    if (!isConnected(exchange)) {
        close(std::move(exchange), kClientGone);
        return;
    }
    QHttpHeaders headers;
    headers.append(QHttpHeaders::WellKnownHeader::ContentType, answer.contentType);
    if (!answer.header.first.isEmpty())
        headers.append(answer.header.first, answer.header.second);
    if (exchange.told) {
        for (const auto &[name, value] : exchange.told->headers())
            headers.append(name, value);
        if (!exchange.agent.isEmpty())
            headers.append("X-Agent-Id", exchange.agent);
        exchange.row.latencyMs = exchange.told->latency;
        exchange.row.cache = exchange.told->isHit ? "HIT" : "MISS";
    }
    if (!exchange.requestId.isEmpty())
        headers.append("X-Request-Id", exchange.requestId);
    if (exchange.wantsClose)
        headers.append(QHttpHeaders::WellKnownHeader::Connection, "close");
    const auto status = static_cast<QHttpServerResponder::StatusCode>(answer.status);
    if (exchange.row.method == "HEAD") // a body would be taken for the next answer
        responder.write(headers, status);
    else
        responder.write(answer.body, headers, status);
    const QPointer<QTcpSocket> socket = exchange.socket;
    socket->flush(); // now, not in the next round of the event loop
    if (exchange.wantsClose) // later, when the responder has let go of the connection
        QMetaObject::invokeMethod(socket, &QTcpSocket::disconnectFromHost, Qt::QueuedConnection);
    close(std::move(exchange), answer.status);
}

void TargetServer::close(Exchange exchange, int status)
{
    exchange.row.end = m_clock.now();
    exchange.row.status = status;
    ++m_byStatus[status];
    if (m_log)
        m_log->append(exchange.row);
}

void TargetServer::stop()
{
    if (std::exchange(m_isStopping, true))
        return;
    m_listener->close();
    if (m_pool.inUse() == 0)
        finish();
    else
        QTimer::singleShot(kGrace, Qt::PreciseTimer, this, &TargetServer::finish);
}

void TargetServer::finish()
{
    if (std::exchange(m_hasStopped, true))
        return;
    m_pool.abandonAll();
    Q_EMIT stopped();
}

} // namespace Headroom
