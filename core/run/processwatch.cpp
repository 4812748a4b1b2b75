// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/processwatch.h"

#include <QDir>
#include <QFile>
#include <QThread>

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace Headroom {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isConnectedTcp(int descriptor)
{
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    if (getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &length) != 0)
        return false;
    int type = 0;
    socklen_t size = sizeof type;
    return (peer.ss_family == AF_INET || peer.ss_family == AF_INET6)
        && getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

/// Only looks: a descriptor that another thread closes or opens meanwhile is counted or not.
void countDescriptors(ProcessUse &use)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir("/proc/self/fd"), closedir);
    if (!folder)
        return;
    while (const dirent *entry = readdir(folder.get())) {
        if (entry->d_name[0] == '.')
            continue;
        ++use.descriptors;
        use.connections += isConnectedTcp(std::atoi(entry->d_name));
    }
    --use.descriptors; // the folder itself
}

} // namespace

ProcessWatch::ProcessWatch(QString folder, int processors)
    : m_folder(std::move(folder))
    , m_processors(std::max(1, processors))
{
    take();
}

bool ProcessWatch::isLoadThread(const QByteArray &name)
{
    // A name has room for 15 characters. The second is "QNetworkAccessManager thread" (Qt 6.8).
    return name.startsWith("worker ") || name.startsWith("QNetworkAccessM");
}

SchedStat ProcessWatch::readStat(const QString &thread) const
{
    const QByteArray text = contentOf(QStringLiteral("%1/task/%2/schedstat").arg(m_folder, thread));
    return parseSchedStat({text.constData(), std::size_t(text.size())}).value_or(SchedStat{});
}

ProcessUse ProcessWatch::take()
{
    ProcessUse use;
    double busiest = 0.0;
    double sum = 0.0;
    QHash<QString, Thread> threads;
    const QStringList ids = QDir(m_folder + QStringLiteral("/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &id : ids) {
        Thread thread = m_threads.value(id);
        if (!thread.isLoad) // one that has just begun has no name of its own yet
            thread.isLoad = isLoadThread(contentOf(QStringLiteral("%1/task/%2/comm").arg(m_folder, id)));
        const SchedStat now = readStat(id);
        if (now.cpuSeconds < thread.before.cpuSeconds)
            thread.before = {}; // another thread has got the id
        const double cpu = now.cpuSeconds - thread.before.cpuSeconds;
        const double wait = now.waitSeconds - thread.before.waitSeconds;
        use.waitSeconds += wait;
        if (thread.isLoad) {
            busiest = std::max(busiest, cpu);
            sum += cpu;
            use.loadWaitSeconds += wait;
        }
        thread.before = now;
        threads.insert(id, thread);
    }
    m_threads = std::move(threads);
    use.busySeconds = std::max(busiest, sum / m_processors);
    countDescriptors(use);
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        use.descriptorLimit = limit.rlim_cur;
    return use;
}

int usableProcessors() { return std::max(1, QThread::idealThreadCount()); }

} // namespace Headroom
