// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/practicetarget.h"

#include <QCoroProcess>
#include <QCoroSignal>
#include <QDeadlineTimer>
#include <QFileInfo>

namespace Headroom {

namespace {

constexpr auto kStartLimit = 10s;
constexpr int kStopLimitMs = 5000;

QStringList argumentsFor(const Scenario::Practice &options)
{
    QStringList arguments{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--exit-with-stdin"),
                          QStringLiteral("--workers"), QString::number(options.workers),
                          QStringLiteral("--queue"), QString::number(options.queue)};
    if (!options.serviceTime.isEmpty())
        arguments << QStringLiteral("--service-time") << options.serviceTime;
    return arguments;
}

/// The URL in "headroom-target: listening on http://127.0.0.1:PORT".
QUrl urlIn(const QByteArray &line)
{
    const qsizetype start = line.indexOf("http://");
    return start < 0 ? QUrl() : QUrl(QString::fromLatin1(line.sliced(start)).trimmed());
}

} // namespace

PracticeTarget::PracticeTarget(QString program)
    : m_program(std::move(program))
{
    connect(&m_process, &QProcess::finished, this, [this] { Q_EMIT died(QStringLiteral("the practice target ended by itself")); });
}

PracticeTarget::~PracticeTarget()
{
    m_process.disconnect(this);
    m_process.closeWriteChannel(); // it ends with its standard input
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kStopLimitMs))
        m_process.kill();
    m_process.waitForFinished(kStopLimitMs);
}

QCoro::Task<Result<QUrl>> PracticeTarget::start(Scenario::Practice options)
{
    if (!QFileInfo(m_program).isExecutable())
        co_return failure(Error::Code::NotFound, QStringLiteral("the practice target is not installed beside headroom"), m_program);
    m_process.setProgram(m_program);
    m_process.setArguments(argumentsFor(options));
    // A session of its own: Ctrl-C in the terminal is for headroom, which then lets requests under way finish.
    m_process.setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    m_process.start();
    QByteArray said;
    const QDeadlineTimer limit(kStartLimit);
    while (!said.contains('\n') && m_process.state() != QProcess::NotRunning && !limit.hasExpired()) {
        const auto left = std::chrono::milliseconds(limit.remainingTime());
        co_await qCoro(static_cast<QIODevice *>(&m_process), &QIODevice::readyRead, left);
        said += m_process.readAllStandardOutput();
    }
    const QUrl url = urlIn(said);
    if (!url.isValid() || url.port() <= 0) {
        const QString complaint = QString::fromUtf8(m_process.readAllStandardError()).trimmed();
        co_return failure(Error::Code::Unreachable,
                          QStringLiteral("the practice target did not start%1").arg(complaint.isEmpty() ? QString() : QStringLiteral(": ") + complaint));
    }
    co_return url;
}

} // namespace Headroom
