// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetserver.h"

#include <QCryptographicHash>
#include <QHttpHeaders>
#include <QHttpServerRequest>

namespace Headroom {

// One request from the queue to its answer.

namespace {

constexpr int kServiceEnded = 0;

/// What is the same for requests that are the same.
QByteArray cacheKeyOf(const QByteArray &method, const QHttpServerRequest &request)
{
    QCryptographicHash key(QCryptographicHash::Sha256);
    key.addData(method + ' ' + request.url().toEncoded(QUrl::RemoveFragment) + '\n');
    key.addData(request.body());
    return key.result();
}

} // namespace

void TargetServer::work(const Place &place, const QHttpServerRequest &request, TargetExchange exchange,
                        QHttpServerResponder &responder)
{
    const SteadyTime arrival = exchange.row.arrival;
    const auto piece =
        std::make_shared<Piece>(Piece{place, m_worked++, std::move(exchange), std::move(responder), {}, false, {}});
    decideHit(*piece, request);
    const bool isShort = piece->isHit && m_options.answers.cacheTime;
    const Nanoseconds time =
        isShort ? *m_options.answers.cacheTime : m_administration.serviceTime(place.endpoint, piece->number);
    piece->cpuTime = isShort ? 0ns : m_administration.cpuTime();
    const bool isTaken = m_pool.submit(
        arrival, time, [this, piece](const WorkerPool::Work &work) { finishTime(work, piece); }, piece->cpuTime > 0ns);
    if (isTaken)
        return;
    // Back to its caller: QHttpServer must destroy a responder that is answered at once by itself.
    responder = std::move(piece->responder);
    send({429, problem("the queue is full"), {"Retry-After", "1"}}, std::move(piece->exchange), responder);
}

void TargetServer::decideHit(Piece &piece, const QHttpServerRequest &request)
{
    if (m_options.answers.cacheEntries == 0) {
        piece.isHit = isHitByShare(m_options.seed, piece.number, m_options.answers.cacheHits);
        return;
    }
    piece.cacheKey = cacheKeyOf(piece.exchange.row.method, request);
    piece.isHit = m_cache.has(piece.cacheKey, piece.exchange.row.arrival);
}

void TargetServer::finishTime(const WorkerPool::Work &work, const PiecePtr &piece)
{
    if (piece->cpuTime == 0ns || !work.isFinished) {
        finishWork(work, piece);
        return;
    }
    m_burner.burn(piece->cpuTime, [this, piece, started = work.started](bool isFinished) {
        m_pool.release(m_clock.now());
        finishWork({started, isFinished}, piece);
    });
}

void TargetServer::finishWork(const WorkerPool::Work &work, const PiecePtr &piece)
{
    TargetExchange exchange = std::move(piece->exchange);
    exchange.row.start = work.started;
    exchange.agent = m_identities.of(exchange.agent, piece->number);
    exchange.isWorked = true;
    if (!work.isFinished) {
        close(std::move(exchange), kServiceEnded);
    } else {
        exchange.told = SelfReport{.isHit = piece->isHit};
        if (m_options.answers.timing != AnswerOptions::Timing::None)
            exchange.told =
                selfReportOf(work.started - exchange.row.arrival, m_clock.now() - work.started, piece->isHit);
        ++(piece->isHit ? m_cacheHits : m_cacheMisses);
        if (!piece->isHit && !piece->cacheKey.isEmpty())
            m_cache.put(piece->cacheKey, m_clock.now());
        m_leak.leak(m_options.troubles.leakBytes);
        QHttpServerResponder responder = std::move(piece->responder);
        send({200, answerOf(piece->place, piece->number)}, std::move(exchange), responder);
    }
    if (m_phase == Phase::Draining && m_pool.inUse() == 0)
        QMetaObject::invokeMethod(this, &TargetServer::finish, Qt::QueuedConnection);
}

void TargetServer::send(const TargetAnswer &answer, TargetExchange exchange, QHttpServerResponder &responder)
{
    if (!exchange.isConnected()) {
        close(std::move(exchange), kClientGone);
        return;
    }
    exchange.wantsClose |= m_phase == Phase::Draining;
    if (!exchange.told && m_options.answers.timing == AnswerOptions::Timing::All)
        exchange.told = selfReportOf(0ns, m_clock.now() - exchange.row.arrival, std::nullopt);
    if (exchange.told) {
        exchange.row.latencyMs = exchange.told->latency;
        exchange.row.cache = exchange.told->cacheWord();
    }
    const QHttpHeaders headers = headersOf(answer, exchange, m_options.answers.parts);
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

void TargetServer::close(TargetExchange exchange, int status)
{
    exchange.row.end = m_clock.now();
    exchange.row.status = status;
    static const QByteArray kNoRoute("none");
    m_counts.add(exchange.row.method, exchange.endpoint ? routeOf(*exchange.endpoint) : kNoRoute, status,
                 exchange.row.end - exchange.row.arrival);
    if (m_log)
        m_log->append(exchange.row);
}

} // namespace Headroom
