// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/cgrouptree.h"

#include "core/probes/hostparser.h"
#include "core/probes/procparser.h"
#include "core/probes/smallfile.h"

#include <QDir>
#include <QFileInfo>

#include <deque>

namespace Headroom {

namespace {

constexpr qsizetype kMostGroups = 2000; // that are looked through; a busy host of containers has hundreds

/// The folders below one, nearest first, until `visit` says false.
template <typename Visit> void forEachGroup(const QString &root, const QString &from, Visit visit)
{
    std::deque<QString> waiting{from};
    for (qsizetype seen = 0; !waiting.empty() && seen < kMostGroups; ++seen) {
        const QString group = waiting.front();
        waiting.pop_front();
        if (!visit(group))
            return;
        const QDir folder(root + group);
        for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name))
            waiting.push_back((group == u"/" ? QString() : group) + u'/' + name);
    }
}

std::optional<double> asDouble(std::optional<std::uint64_t> number)
{
    return number ? std::optional(double(*number)) : std::nullopt;
}

std::optional<double> fromMicroseconds(std::optional<std::uint64_t> number)
{
    return number ? std::optional(double(*number) / 1e6) : std::nullopt;
}

} // namespace

QString CgroupTree::file(const QString &group, QLatin1StringView name) const
{
    return m_root + group + QLatin1Char('/') + name;
}

QString CgroupTree::groupOfUnit(const QString &unit) const
{
    const QString wanted = unit.contains(u'.') ? unit : unit + QStringLiteral(".service");
    QString found = QStringLiteral("/system.slice/") + wanted;
    if (wanted.contains(u'/'))
        return {};
    if (isThere(found))
        return found;
    found.clear();
    forEachGroup(m_root, QStringLiteral("/"), [&](const QString &group) {
        if (group.endsWith(u'/' + wanted))
            found = group;
        return found.isEmpty();
    });
    return found;
}

bool CgroupTree::isThere(const QString &group) const { return QFileInfo(m_root + group).isDir(); }

std::vector<int> CgroupTree::pids(const QString &group) const
{
    std::vector<int> all;
    forEachGroup(m_root, group, [&](const QString &one) {
        const auto pids = parsePids(textOfSmallFile(file(one, QLatin1StringView("cgroup.procs"))));
        all.insert(all.end(), pids.begin(), pids.end());
        return true;
    });
    return all;
}

std::optional<double> CgroupTree::memoryBytes(const QString &group) const
{
    return asDouble(parseLoneNumber(textOfSmallFile(file(group, QLatin1StringView("memory.current")))));
}

std::optional<double> CgroupTree::cpuSeconds(const QString &group) const
{
    return fromMicroseconds(parseFlatKey(textOfSmallFile(file(group, QLatin1StringView("cpu.stat"))), "usage_usec"));
}

std::optional<double> CgroupTree::throttledSeconds(const QString &group) const
{
    return fromMicroseconds(
        parseFlatKey(textOfSmallFile(file(group, QLatin1StringView("cpu.stat"))), "throttled_usec"));
}

std::optional<double> CgroupTree::pressureSeconds(const QString &group, QLatin1StringView what) const
{
    return parsePressure(textOfSmallFile(m_root + group + QLatin1Char('/') + what + QLatin1String(".pressure")));
}

} // namespace Headroom
