// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/administration.h"
#include "app/target/cpuburner.h"
#include "app/target/endpoint.h"
#include "app/target/identityecho.h"
#include "app/target/keyedcache.h"
#include "app/target/memoryleak.h"
#include "app/target/requestcounts.h"
#include "app/target/targetexchange.h"
#include "app/target/targetfigures.h"
#include "app/target/targetoptions.h"
#include "app/target/workerpool.h"
#include "core/base/result.h"
#include "core/base/wallclock.h"

#include <QAbstractHttpServer>
#include <QHttpServerResponder>

namespace Headroom {

class Listener;

/// The practice target: answers HTTP/1.1, works through a WorkerPool, and logs the truth of every request.
///
/// A client that goes away early keeps its worker until the time is over, as in a service that does not look back.
class TargetServer final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    /// `log` may be nullptr. Owns: neither clock nor log; both must outlive it.
    TargetServer(const TargetOptions &options, Clock &clock, TruthLog *log);
    ~TargetServer() override;

    /// Starts listening, or, where it is told to start closed, takes the port only; the address it is reached at then.
    /// Errors: Unreachable.
    Result<QUrl> listen();
    /// Takes no more work and finishes what is under way, for as long as it was told; then `stopped`.
    void stop();

Q_SIGNALS:
    void stopped();
    /// The port that was taken cannot be listened on.
    void failed(const Headroom::Error &error);

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override { }

private:
    static constexpr int kClientGone = 499; // nginx's code for it
    enum class Phase { Starting, Serving, Draining };
    /// A request for a worker.
    struct Piece
    {
        Place place;
        std::uint64_t number = 0;
        TargetExchange exchange;
        QHttpServerResponder responder;
        Nanoseconds cpuTime{};
        bool isHit = false;
        QByteArray cacheKey; ///< Empty: the cache has no entries.
    };
    using PiecePtr = std::shared_ptr<Piece>;

    void planStart();
    void becomeReady();
    void planFreezes();
    TargetExchange receive(const QHttpServerRequest &request);
    /// What a request gets that nobody has to work for.
    std::optional<TargetAnswer> refusal(const std::optional<Place> &place, QHttpServerRequest::Method method) const;
    void work(const Place &place, const QHttpServerRequest &request, TargetExchange exchange,
              QHttpServerResponder &responder);
    void decideHit(Piece &piece, const QHttpServerRequest &request);
    void finishTime(const WorkerPool::Work &work, const PiecePtr &piece);
    void finishWork(const WorkerPool::Work &work, const PiecePtr &piece);
    TargetAnswer answerAtOnce(const Place &place) const;
    TargetAnswer administer(Endpoint endpoint, const QHttpServerRequest &request);
    TargetFigures figures() const;
    void send(const TargetAnswer &answer, TargetExchange exchange, QHttpServerResponder &responder);
    void close(TargetExchange exchange, int status);
    void finish();

    const TargetOptions m_options;
    Clock &m_clock;
    TruthLog *const m_log;
    Listener *const m_listener; // owned by QHttpServer once bound
    WorkerPool m_pool;
    CpuBurner m_burner;
    MemoryLeak m_leak;
    KeyedCache m_cache;
    Administration m_administration;
    IdentityEcho m_identities;
    RequestCounts m_counts;
    const SteadyTime m_begin;
    const WallClock m_calendar;
    std::uint64_t m_requests = 0;
    std::uint64_t m_worked = 0;
    std::uint64_t m_cacheHits = 0;
    std::uint64_t m_cacheMisses = 0;
    Phase m_phase = Phase::Serving;
    bool m_hasStopped = false;
};

} // namespace Headroom
