// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/supervisedtarget.h"

#include "core/base/humanformat.h"
#include "core/run/startgate.h"

#include <QFile>

#include <csignal>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kTrimEvery{1000};

QString placeOf(const QUrl &address)
{
    return QStringLiteral("%1:%2")
        .arg(address.host())
        .arg(address.port(address.scheme() == QLatin1String("https") ? 443 : 80));
}

std::chrono::milliseconds inMilliseconds(Nanoseconds time)
{
    return std::chrono::ceil<std::chrono::milliseconds>(time);
}

QString lastWordsIn(const QString &path)
{
    QFile log(path);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max<qint64>(0, log.size() - LastWords::kMaxBytes));
    LastWords words;
    words.hear(log.read(LastWords::kMaxBytes));
    return words.text();
}

} // namespace

SupervisedTarget::SupervisedTarget(Scenario::Start start, QString folder, QUrl address)
    : m_start(std::move(start))
    , m_folder(std::move(folder))
    , m_address(std::move(address))
{
    m_logTrim.setInterval(kTrimEvery);
    connect(&m_logTrim, &QTimer::timeout, this, [this] { trimLog(keptLogOf(m_address)); });
}

SupervisedTarget::~SupervisedTarget()
{
    if (!m_kept)
        return;
    m_kept->group().signal(SIGKILL);
    forgetKept(m_address);
}

QString SupervisedTarget::name() const { return QStringLiteral("the target %1").arg(formatQuoted(m_start.command)); }

qint64 SupervisedTarget::processId() const
{
    if (m_kept)
        return m_kept->pid;
    return m_child ? m_child->processId() : 0;
}

QCoro::Task<Result<void>> SupervisedTarget::open(StartGate &gate, std::chrono::milliseconds limit)
{
    const bool isListening = co_await gate.isListening(m_address);
    if (gate.isCancelled())
        co_return failure(Error::Code::Cancelled, QStringLiteral("interrupted before it was started"), m_start.command);
    const Result<bool> isFound = findKept(isListening);
    if (!isFound)
        co_return std::unexpected(isFound.error());
    if (!*isFound) {
        const Result<void> launched = launch();
        if (!launched)
            co_return launched;
    }
    const SteadyTime begun = std::chrono::steady_clock::now();
    const Result<void> open = co_await gate.awaitListening(m_address, limit);
    if (open && !*isFound)
        Q_EMIT happened(
            QStringLiteral("%1 runs as process %2 and listened after %3")
                .arg(name(), QString::number(processId()), formatDuration(std::chrono::steady_clock::now() - begun)));
    co_return open;
}

/// Whether a kept process of an earlier run is the target already.
Result<bool> SupervisedTarget::findKept(bool isListening)
{
    const std::optional<KeptProcess> kept = keptProcessAt(m_address);
    const bool isOurs = kept && m_start.isKept && kept->command == m_start.command && kept->folder == m_folder
        && kept->environmentDigest == environmentDigest(environmentOf(m_start.environment));
    if (isOurs) {
        watchKept(*kept);
        Q_EMIT happened(QStringLiteral("%1 was kept running by an earlier run, as process %2; no other was started")
                            .arg(name(), QString::number(kept->pid)));
        return true;
    }
    if (kept)
        return failure(
            Error::Code::Unreachable,
            QStringLiteral(
                "a target that an earlier run has kept is still there (%1, process %2); end it with: kill %2")
                .arg(formatQuoted(kept->command), QString::number(kept->pid)),
            placeOf(m_address));
    if (isListening)
        return failure(
            Error::Code::Unreachable,
            QStringLiteral("somebody listens there already; stop that, or remove target.start to test what runs there"),
            placeOf(m_address));
    return false;
}

Result<void> SupervisedTarget::launch()
{
    Result<CommandLine> command = findCommand(m_start.command, m_folder);
    if (!command)
        return std::unexpected(command.error());
    command->environment = environmentOf(m_start.environment);
    if (m_start.isKept) {
        const Result<KeptProcess> kept = startKept(m_address, m_start.command, *command, m_folder);
        if (!kept)
            return std::unexpected(kept.error());
        watchKept(*kept);
        return {};
    }
    m_child = std::make_unique<ChildProcess>();
    connect(m_child.get(), &ChildProcess::died, this,
            [this](const QString &how) { Q_EMIT died(QStringLiteral("%1 %2").arg(name(), how)); });
    return m_child->start(*command, m_folder, inMilliseconds(m_start.stopWithin));
}

/// Its exit code is known to nobody but its parent, which is gone.
void SupervisedTarget::watchKept(const KeptProcess &kept)
{
    m_kept = kept;
    m_keptWatch = std::make_unique<ProcessEndWatch>(kept.pid);
    m_logTrim.start();
    connect(m_keptWatch.get(), &ProcessEndWatch::ended, this, [this] {
        if (!m_kept->group().isThere()) // else stop() ends what it has left behind
            m_kept.reset();
        forgetKept(m_address);
        const QString said = lastWordsIn(keptLogOf(m_address));
        Q_EMIT died(QStringLiteral("%1 ended%2")
                        .arg(name(), said.isEmpty() ? QString() : QStringLiteral("; it said: ") + said));
    });
}

QCoro::Task<GroupEnd> SupervisedTarget::stop(std::optional<std::chrono::milliseconds> within)
{
    m_logTrim.stop();
    m_keptWatch.reset();
    GroupEnd end;
    if (!processId())
        co_return end;
    QString who = name();
    if (m_kept) {
        if (!m_kept->isThere())
            who = QStringLiteral("what %1 had left behind").arg(who);
        end = co_await endGroup(m_kept->group(), within.value_or(inMilliseconds(m_start.stopWithin)), m_isHurried);
        m_kept.reset();
        forgetKept(m_address);
    } else {
        if (*m_isHurried)
            m_child->hurry();
        end = co_await m_child->stop(within);
        m_child.reset();
    }
    Q_EMIT happened(
        end.wasKilled
            ? QStringLiteral("%1 was killed: it had not ended %2 after SIGTERM").arg(who, formatDuration(end.took))
            : QStringLiteral("%1 was stopped and ended in %2").arg(who, formatDuration(end.took)));
    co_return end;
}

QCoro::Task<> SupervisedTarget::letGo()
{
    if (!m_start.isKept || (m_kept && !m_kept->isThere())) {
        co_await stop();
        co_return;
    }
    m_logTrim.stop();
    m_keptWatch.reset();
    if (const std::optional<KeptProcess> kept = std::exchange(m_kept, {})) {
        Q_EMIT happened(QStringLiteral("%1 goes on as process %2 and writes to %3; end it with: kill %2")
                            .arg(name(), QString::number(kept->pid), keptLogOf(m_address)));
    }
}

void SupervisedTarget::hurry()
{
    *m_isHurried = true;
    if (m_child)
        m_child->hurry();
}

} // namespace Headroom
