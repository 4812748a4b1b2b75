// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/practicetarget.h"

#include <QCoroSignal>
#include <QDeadlineTimer>
#include <QFileInfo>

namespace Headroom {

namespace {

constexpr auto kStartLimit = 10s;
const QLatin1String kPracticeToken("practice"); // for scenarios with actions, which everybody may read
constexpr Nanoseconds kStopMargin = 1s; // behind its own limit for draining

/// `port` 0: a free one.
QStringList argumentsFor(const Scenario::Practice &options, int port)
{
    QStringList arguments{QStringLiteral("--port"),         QString::number(port),     QStringLiteral("--workers"),
                          QString::number(options.workers), QStringLiteral("--queue"), QString::number(options.queue)};
    arguments << QStringLiteral("--admin-token") << QString(kPracticeToken);
    if (!options.serviceTime.isEmpty())
        arguments << QStringLiteral("--service-time") << options.serviceTime;
    return arguments + options.others;
}

/// The URL in "headroom-target: listening on http://127.0.0.1:PORT".
QUrl urlIn(const QByteArray &said)
{
    const qsizetype start = said.indexOf("http://");
    const qsizetype end = said.indexOf('\n', std::max<qsizetype>(0, start));
    return start < 0 || end < 0 ? QUrl() : QUrl(QString::fromLatin1(said.sliced(start, end - start)).trimmed());
}

} // namespace

PracticeTarget::PracticeTarget(QString program)
    : m_program(std::move(program))
{
    connect(&m_process, &ChildProcess::died, this,
            [this](const QString &how) { Q_EMIT died(QStringLiteral("the practice target %1").arg(how)); });
}

QCoro::Task<Result<QUrl>> PracticeTarget::start(Scenario::Practice options)
{
    m_options = std::move(options);
    return launch(0);
}

QCoro::Task<GroupEnd> PracticeTarget::stop(std::optional<std::chrono::milliseconds> within)
{
    co_return co_await m_process.stop(within);
}

QCoro::Task<Result<void>> PracticeTarget::startAnew()
{
    const Result<QUrl> started = co_await launch(m_port);
    if (!started)
        co_return std::unexpected(started.error());
    co_return Result<void>();
}

QCoro::Task<Result<QUrl>> PracticeTarget::launch(int port)
{
    if (!QFileInfo(m_program).isExecutable())
        co_return failure(Error::Code::NotFound, QStringLiteral("the practice target is not installed beside headroom"),
                          m_program);
    const auto stopWithin = std::chrono::ceil<std::chrono::milliseconds>(m_options.drainWithin + kStopMargin);
    const Result<void> started = m_process.start({m_program, argumentsFor(m_options, port)}, {}, stopWithin);
    if (!started)
        co_return std::unexpected(started.error());
    const QDeadlineTimer limit(kStartLimit);
    while (urlIn(m_process.words().heard()).isEmpty() && m_process.isRunning() && !limit.hasExpired())
        co_await qCoro(&m_process, &ChildProcess::spoke, std::chrono::milliseconds(limit.remainingTime()));
    const QUrl url = urlIn(m_process.words().heard());
    if (!url.isValid() || url.port() <= 0) {
        const QString complaint = m_process.words().text();
        co_return failure(Error::Code::Unreachable,
                          QStringLiteral("the practice target did not start%1")
                              .arg(complaint.isEmpty() ? QString() : QStringLiteral(": ") + complaint));
    }
    m_port = url.port();
    co_return url;
}

} // namespace Headroom
