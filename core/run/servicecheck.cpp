// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/servicecheck.h"

#include "core/base/humanformat.h"
#include "core/run/childprocess.h"

#include <QCoroSignal>
#include <QCoroTimer>
#include <QDeadlineTimer>

#include <algorithm>

namespace Headroom {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kAgainAfter{200};
constexpr milliseconds kTryLimit{1000};

/// "127.0.0.1:6379", "[::1]:6379". The reader has seen that it is one.
std::pair<QString, quint16> hostAndPort(const QString &text)
{
    const QUrl url(QStringLiteral("tcp://") + text);
    return {url.host(), quint16(url.port(0))};
}

QString whatItIs(const Scenario::Service &service)
{
    if (!service.tcp.isEmpty())
        return service.tcp;
    return service.url.isEmpty() ? service.command : service.url;
}

} // namespace

ServiceCheck::ServiceCheck(std::vector<Scenario::Service> services, const QString &folder)
    : m_services(std::move(services))
    , m_folder(folder)
{
}

ServiceCheck::~ServiceCheck() = default;

void ServiceCheck::cancel() { m_gate.cancel(); }

QCoro::Task<Result<void>> ServiceCheck::awaitAll()
{
    std::vector<QCoro::Task<QString>> checks;
    for (const Scenario::Service &service : m_services)
        checks.push_back(missing(service));
    QStringList sentences;
    for (QCoro::Task<QString> &check : checks) {
        if (const QString sentence = co_await check; !sentence.isEmpty())
            sentences << sentence;
    }
    if (m_gate.isCancelled())
        co_return failure(Error::Code::Cancelled, QStringLiteral("interrupted before the load began"));
    if (sentences.isEmpty())
        co_return Result<void>();
    co_return failure(Error::Code::Unreachable,
                      sentences.join(QStringLiteral("; ")) + QStringLiteral("; start it, or correct services"));
}

/// A sentence on a service that did not come up in its time; empty when it did.
QCoro::Task<QString> ServiceCheck::missing(Scenario::Service service)
{
    const auto limit = std::chrono::duration_cast<milliseconds>(service.within);
    const QDeadlineTimer deadline(limit);
    QString reason;
    do {
        const milliseconds left = std::max(milliseconds(deadline.remainingTime()), milliseconds(1));
        const QString why = co_await whyMissing(service, left);
        if (why.isEmpty() || m_gate.isCancelled())
            co_return QString();
        if (reason.isEmpty() || left >= kTryLimit)
            reason = why; // a try that the end cut short knows less than those before it
        co_await QCoro::sleepFor(std::min(kAgainAfter, milliseconds(deadline.remainingTime())));
    } while (!deadline.hasExpired());
    co_return QStringLiteral("service %1 (%2) was not there within %3: %4")
        .arg(formatQuoted(service.name), whatItIs(service), formatDuration(service.within), reason);
}

QCoro::Task<QString> ServiceCheck::whyMissing(Scenario::Service service, milliseconds limit)
{
    if (!service.tcp.isEmpty()) {
        const auto [host, port] = hostAndPort(service.tcp);
        co_return co_await m_gate.whyUnreachable(host, port, std::min(limit, kTryLimit));
    }
    if (!service.url.isEmpty())
        co_return co_await m_gate.whyNotReady(QUrl(service.url), limit);
    co_return co_await whyFailing(service.command, limit);
}

QCoro::Task<QString> ServiceCheck::whyFailing(QString command, milliseconds limit)
{
    const Result<CommandLine> found = findCommand(command, m_folder);
    if (!found)
        co_return found.error().message;
    ChildProcess child;
    QString how;
    QObject::connect(&child, &ChildProcess::died, &child, [&how](const QString &text) { how = text; });
    if (const Result<void> started = child.start(*found, m_folder, kTryLimit); !started)
        co_return started.error().message;
    const QDeadlineTimer deadline(limit);
    while (child.isRunning() && !deadline.hasExpired() && !m_gate.isCancelled())
        co_await qCoro(&child, &ChildProcess::died, std::min(kAgainAfter, milliseconds(deadline.remainingTime())));
    if (child.isRunning()) {
        co_await child.stop();
        co_return QStringLiteral("its command did not end in that time");
    }
    co_return child.hasSucceeded() ? QString() : QStringLiteral("its command ") + how;
}

} // namespace Headroom
