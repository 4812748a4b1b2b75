// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/machinefacts.h"

#include "core/base/humanformat.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <sys/resource.h>
#include <unistd.h>

namespace Headroom {

namespace {

QString processorName()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("model name"))
            return QString::fromUtf8(line.sliced(line.indexOf(':') + 1)).trimmed();
    }
    return QSysInfo::currentCpuArchitecture();
}

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

} // namespace

std::uint64_t machineMemory()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? std::uint64_t(pages) * std::uint64_t(size) : 0;
}

std::vector<std::pair<QString, QString>> machineFacts()
{
    return {
        {QStringLiteral("processor"), processorName()},
        {QStringLiteral("cores"), QString::number(QThread::idealThreadCount())},
        {QStringLiteral("memory"), formatBytes(double(machineMemory()))},
        {QStringLiteral("system"), QSysInfo::prettyProductName()},
        {QStringLiteral("kernel"), QSysInfo::kernelType() + QLatin1Char(' ') + QSysInfo::kernelVersion()},
        {QStringLiteral("qt"), QLatin1String(qVersion())},
        {QStringLiteral("compiler"), QStringLiteral("g++ " __VERSION__)},
    };
}

double processCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace Headroom
