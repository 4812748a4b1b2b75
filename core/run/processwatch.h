// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/schedstat.h"
#include "core/metrics/processuse.h"

#include <QByteArray>
#include <QHash>
#include <QString>

namespace Headroom {

/// Looks at what this process uses: CPU and run-queue wait of its threads out of /proc, its connections and its
/// descriptors.
///
/// A look costs some 10 us for a thread and 1 us for a descriptor: once a second, off the worker threads.
/// Connections are counted as what they are, connected TCP sockets of the process: QNetworkAccessManager does not say
/// how many it holds. Thread: one.
class ProcessWatch
{
public:
    /// `folder`: as /proc/self is laid out. Range: processors 1 and up.
    ProcessWatch(QString folder, int processors);

    /// What was used since the call before, or since it was made.
    ProcessUse take();

private:
    struct Thread
    {
        bool isLoad = false;
        SchedStat before;
    };
    SchedStat readStat(const QString &thread) const;
    static bool isLoadThread(const QByteArray &name);

    const QString m_folder;
    const int m_processors;
    QHash<QString, Thread> m_threads; // by id
};

/// Processors that this process may use.
int usableProcessors();

} // namespace Headroom
