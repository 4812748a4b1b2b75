// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/commandline.h"
#include "core/run/processgroup.h"

#include <QSocketNotifier>
#include <QUrl>

#include <memory>
#include <optional>

namespace Headroom {

/// A target that goes on after the run that has started it, as later runs know it: by a note in the user's state folder
/// for each address, with its output beside the note.
struct KeptProcess
{
    pid_t pid = 0;
    quint64 startTicks = 0; ///< Since boot; with the pid it names one process for ever.
    QString command; ///< As the scenario has it.
    QString folder; ///< Where it was started.
    QString environmentDigest; ///< Of what the scenario sets, see environmentDigest().

    bool isThere() const;
    ProcessGroup group() const { return ProcessGroup(pid); }
};

/// The one that was kept for an address and is still there.
std::optional<KeptProcess> keptProcessAt(const QUrl &address);
/// Starts one in a session of its own and leaves a note. Errors: Unreachable, Unwritable.
Result<KeptProcess> startKept(const QUrl &address, const QString &command, const CommandLine &words,
                              const QString &folder);
void forgetKept(const QUrl &address);
/// Where its output goes. While a run is on it is cut now and then, see trimLog().
QString keptLogOf(const QUrl &address);
/// Empties a log that has grown above 1 MiB; the process goes on writing at its new end.
void trimLog(const QString &path);

/// Tells when a process that is no child of ours has ended.
/// Thread: one with an event loop.
class ProcessEndWatch : public QObject
{
    Q_OBJECT
public:
    explicit ProcessEndWatch(pid_t pid);
    ~ProcessEndWatch() override;

Q_SIGNALS:
    void ended();

private:
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Headroom
