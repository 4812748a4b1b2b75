// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/commandprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

#include <QFileInfo>

#include <cmath>
#include <csignal>
#include <utility>

namespace Headroom {

namespace {

constexpr qsizetype kMaxComplaintBytes = 300;

} // namespace

CommandProbe::CommandProbe(const QString &name, Source source, Clock &clock)
    : Probe(name, {Field{}})
    , m_source(std::move(source))
    , m_clock(clock)
    , m_deadline(clock.makeAlarm(
          [this] { giveUp(QStringLiteral("took longer than %1 and was ended").arg(formatDuration(m_source.within))); }))
{
}

CommandProbe::~CommandProbe() { CommandProbe::cancel(); }

QString CommandProbe::shownProgram() const { return formatQuoted(QFileInfo(m_source.program).fileName()); }

void CommandProbe::read()
{
    ASSERT_THREAD(this);
    if (m_isReading)
        return skip();
    m_isReading = true;
    m_said.clear();
    m_complained.clear();
    m_deadline->setFor(m_clock.now() + m_source.within);
    m_process = std::make_unique<QProcess>();
    m_process->setUnixProcessParameters(QProcess::UnixProcessFlag::CreateNewSession);
    m_process->setStandardInputFile(QProcess::nullDevice());
    if (!m_source.folder.isEmpty())
        m_process->setWorkingDirectory(m_source.folder);
    connect(m_process.get(), &QProcess::readyRead, this, &CommandProbe::listen);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &CommandProbe::listen);
    connect(m_process.get(), &QProcess::finished, this, &CommandProbe::finish);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            giveUp(QStringLiteral("could not be started: %1").arg(m_process->errorString()));
    });
    m_process->start(m_source.program, m_source.arguments, QIODevice::ReadOnly);
}

void CommandProbe::listen()
{
    m_said += m_process->readAllStandardOutput();
    m_complained += m_process->readAllStandardError();
    m_complained.truncate(kMaxComplaintBytes);
    if (m_said.size() > kMaxOutputBytes)
        giveUp(QStringLiteral("said more than %1 and was ended; let it say less")
                   .arg(formatBytes(double(kMaxOutputBytes))));
}

void CommandProbe::finish(int exitCode, QProcess::ExitStatus status)
{
    listen();
    if (!m_isReading)
        return; // it had said too much
    end();
    const QString words = QString::fromUtf8(m_complained).simplified();
    const QString behind = words.isEmpty() ? QString() : QStringLiteral("; it said: ") + words;
    if (status == QProcess::CrashExit)
        return fail(QStringLiteral("command %1 was killed%2").arg(shownProgram(), behind));
    if (exitCode != 0)
        return fail(
            QStringLiteral("command %1 ended with exit code %2%3").arg(shownProgram()).arg(exitCode).arg(behind));
    evaluate();
}

void CommandProbe::evaluate()
{
    const QRegularExpressionMatch match = m_source.pattern.match(QString::fromUtf8(m_said));
    if (!match.hasMatch())
        return fail(QStringLiteral("command %1 said nothing that the pattern matches; correct the pattern")
                        .arg(shownProgram()));
    bool isNumber = false;
    const double number = match.captured(1).toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number))
        return fail(QStringLiteral("the pattern has caught %1 in what command %2 said, which is no number")
                        .arg(formatQuoted(match.captured(1)), shownProgram()));
    succeed({number});
}

void CommandProbe::cancel()
{
    if (m_isReading)
        end();
}

/// Nothing is heard of the process any more; while it runs, it is killed with all that it has started.
void CommandProbe::end()
{
    m_isReading = false;
    m_deadline->cancel();
    QProcess *process = m_process.release();
    process->setParent(this); // should the probe end before the process has
    process->disconnect(this);
    if (const qint64 group = process->processId(); group > 0) // it has not been waited for: the number is still its own
        ::kill(-pid_t(group), SIGKILL);
    if (process->state() != QProcess::NotRunning)
        process->kill(); // before it has made itself a leader
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    if (process->state() == QProcess::NotRunning)
        process->deleteLater();
}

void CommandProbe::giveUp(const QString &problem)
{
    if (!m_isReading)
        return;
    const QString sentence = QStringLiteral("command %1 %2").arg(shownProgram(), problem);
    end();
    fail(sentence);
}

} // namespace Headroom
