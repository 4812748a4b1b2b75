// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/processstats.h"

#include <QFile>

#include <ctime>
#include <unistd.h>

namespace Headroom {

namespace {

double ownCpuSeconds()
{
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return double(used.tv_sec) + double(used.tv_nsec) / 1e9;
}

std::int64_t ownRssBytes()
{
    QFile file(QStringLiteral("/proc/self/statm")); // "size resident shared ...", in pages: proc_pid_statm(5)
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

} // namespace

ProcessStats ownProcessStats() { return {ownCpuSeconds(), ownRssBytes()}; }

} // namespace Headroom
