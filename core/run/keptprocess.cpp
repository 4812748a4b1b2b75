// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/keptprocess.h"

#include "core/probes/proctree.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSaveFile>
#include <QStandardPaths>

#include <cerrno>
#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

namespace Headroom {

namespace {

constexpr qint64 kMaxNoteBytes = 64 * 1024;
constexpr qint64 kMaxLogBytes = 1 << 20;

const QString kPid = QStringLiteral("pid");
const QString kStartTicks = QStringLiteral("start_ticks");
const QString kCommand = QStringLiteral("command");
const QString kFolder = QStringLiteral("folder");
const QString kEnvironment = QStringLiteral("environment_digest");

QString notesFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) + QStringLiteral("/headroom/kept");
}

/// "127.0.0.1-8080": every other character of the host becomes a dash too.
QString fileFor(const QUrl &address, QLatin1String ending)
{
    QString name = QStringLiteral("%1-%2")
                       .arg(address.host())
                       .arg(address.port(address.scheme() == QLatin1String("https") ? 443 : 80));
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && c != QLatin1Char('.'))
            c = QLatin1Char('-');
    }
    return QStringLiteral("%1/%2%3").arg(notesFolder(), name, ending);
}

Result<void> writeNote(const QString &path, const KeptProcess &kept)
{
    const QJsonObject note{{kPid, qint64(kept.pid)},
                           {kStartTicks, QString::number(kept.startTicks)},
                           {kCommand, kept.command},
                           {kFolder, kept.folder},
                           {kEnvironment, kept.environmentDigest}};
    const QByteArray bytes = QJsonDocument(note).toJson();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return failure(Error::Code::Unwritable,
                   QStringLiteral("the note of the kept target cannot be written: %1").arg(file.errorString()), path);
}

} // namespace

bool KeptProcess::isThere() const
{
    const std::optional<ProcStat> stat = pid > 1 ? ProcTree().stat(pid) : std::nullopt;
    return stat && stat->startTicks == startTicks && !stat->hasEnded();
}

std::optional<KeptProcess> keptProcessAt(const QUrl &address)
{
    QFile file(fileFor(address, QLatin1String(".json")));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject note = QJsonDocument::fromJson(file.read(kMaxNoteBytes)).object();
    const KeptProcess kept{pid_t(note[kPid].toInt()), note[kStartTicks].toString().toULongLong(),
                           note[kCommand].toString(), note[kFolder].toString(),
                           note[kEnvironment].toString()};
    return kept.isThere() ? std::optional(kept) : std::nullopt;
}

Result<KeptProcess> startKept(const QUrl &address, const QString &command, const CommandLine &words,
                              const QString &folder)
{
    QDir().mkpath(notesFolder());
    QFile::setPermissions(notesFolder(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString log = keptLogOf(address);
    QFile::remove(log);
    QProcess process;
    process.setProgram(words.program);
    process.setArguments(words.arguments);
    process.setWorkingDirectory(folder);
    process.setProcessEnvironment(words.wholeEnvironment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(log, QIODevice::Append);
    process.setStandardErrorFile(log, QIODevice::Append);
    process.setChildProcessModifier([] { setsid(); }); // Qt makes one too, which is led by a process that ends at once
    qint64 pid = 0;
    if (!process.startDetached(&pid))
        return failure(Error::Code::Unreachable, QStringLiteral("cannot be started: %1").arg(process.errorString()),
                       words.program);
    const std::optional<ProcStat> stat = ProcTree().stat(int(pid));
    const KeptProcess kept{pid_t(pid), stat ? stat->startTicks : 0, command, folder,
                           environmentDigest(words.environment)};
    if (const auto written = writeNote(fileFor(address, QLatin1String(".json")), kept); !written) {
        kept.group().signal(SIGKILL); // nobody would ever find it
        return std::unexpected(written.error());
    }
    return kept;
}

void forgetKept(const QUrl &address) { QFile::remove(fileFor(address, QLatin1String(".json"))); }

QString keptLogOf(const QUrl &address) { return fileFor(address, QLatin1String(".log")); }

void trimLog(const QString &path)
{
    QFile log(path);
    if (log.size() > kMaxLogBytes)
        log.resize(0);
}

ProcessEndWatch::ProcessEndWatch(pid_t pid)
    : m_descriptor(int(syscall(SYS_pidfd_open, pid, 0))) // readable when it has ended; closed on exec by itself
{
    if (m_descriptor < 0) {
        if (errno == ESRCH)
            QMetaObject::invokeMethod(this, &ProcessEndWatch::ended, Qt::QueuedConnection);
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        Q_EMIT ended();
    });
}

ProcessEndWatch::~ProcessEndWatch()
{
    m_notifier.reset();
    if (m_descriptor >= 0)
        close(m_descriptor);
}

} // namespace Headroom
