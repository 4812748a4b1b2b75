// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/processmemory.h"

#include <QFile>

#include <algorithm>
#include <limits>

#include <sys/resource.h>
#include <unistd.h>

namespace Headroom {

double residentBytes(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0.0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE));
}

std::vector<double> watchMemory(QProcess &process, std::chrono::milliseconds interval)
{
    std::vector<double> sizes;
    while (!process.waitForFinished(int(interval.count())) && process.state() == QProcess::Running)
        sizes.push_back(residentBytes(process.processId()));
    return sizes;
}

int descriptorLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return int(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

} // namespace Headroom
