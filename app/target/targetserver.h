// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/endpoint.h"
#include "app/target/identityecho.h"
#include "app/target/selfreport.h"
#include "app/target/targetoptions.h"
#include "app/target/truthlog.h"
#include "app/target/workerpool.h"
#include "core/base/result.h"

#include <QAbstractHttpServer>
#include <QHttpServerResponder>
#include <QPointer>
#include <QTcpSocket>

#include <map>

class QHttpHeaders;

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

    /// Starts listening; the address it is reached at. Errors: Unreachable.
    Result<QUrl> listen();
    /// Accepts nothing more and finishes what is under way, for at most 5 s; then `stopped`.
    void stop();

Q_SIGNALS:
    void stopped();

protected:
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
    void missingHandler(const QHttpServerRequest &, QHttpServerResponder &) override { }

private:
    struct Exchange
    {
        TruthRow row;
        QByteArray requestId; ///< To be echoed; empty: none was sent.
        QPointer<QTcpSocket> socket;
        QByteArray agent{}; ///< Whose the request is, by X-Agent-Id; of a worked answer, whose the answer says it is.
        std::optional<SelfReport> told{}; ///< By a worked answer, of itself.
        bool wantsClose = false;
    };
    struct Answer
    {
        int status = 200;
        QByteArray body;
        std::pair<QByteArray, QByteArray> header{}; ///< One more.
        QByteArray contentType = "application/json";
    };
    static bool isConnected(const Exchange &exchange);
    Exchange receive(const QHttpServerRequest &request);
    void work(const Place &place, Exchange exchange, QHttpServerResponder &responder);
    void finishWork(const WorkerPool::Work &work, const Place &place, std::uint64_t number, Exchange exchange,
                    QHttpServerResponder responder);
    Answer answerAtOnce(const Place &place) const;
    /// Changes the service times, when who asks knows the token.
    Answer administer(const QHttpServerRequest &request);
    QByteArray stats() const;
    void send(const Answer &answer, Exchange exchange, QHttpServerResponder &responder);
    void close(Exchange exchange, int status);
    void finish();

    const TargetOptions m_options;
    Clock &m_clock;
    TruthLog *const m_log;
    Listener *const m_listener; // owned by QHttpServer once bound
    WorkerPool m_pool;
    ServiceTimes m_serviceTimes; // as they are now
    IdentityEcho m_identities;
    const SteadyTime m_begin;
    std::uint64_t m_requests = 0;
    std::uint64_t m_worked = 0;
    std::map<int, std::uint64_t> m_byStatus;
    bool m_isStopping = false;
    bool m_hasStopped = false;
};

} // namespace Headroom
