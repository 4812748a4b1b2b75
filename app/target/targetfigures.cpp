// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/targetfigures.h"

#include "app/target/expositiontext.h"
#include "app/target/requestcounts.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Headroom {

QByteArray jsonOf(const TargetFigures &figures, const RequestCounts &counts)
{
    QJsonObject requests;
    for (const auto &[status, count] : counts.byStatus())
        requests.insert(QString::number(status), double(count));
    const QJsonObject pool{{QStringLiteral("workers"), figures.workers}, {QStringLiteral("in_use"), figures.inUse}};
    const QJsonObject cache{{QStringLiteral("hits"), double(figures.cacheHits)},
                            {QStringLiteral("misses"), double(figures.cacheMisses)}};
    return QJsonDocument(QJsonObject{{QStringLiteral("queue_depth"), figures.queueDepth},
                                     {QStringLiteral("pool"), pool},
                                     {QStringLiteral("requests"), requests},
                                     {QStringLiteral("cache"), cache},
                                     {QStringLiteral("leaked_bytes"), double(figures.leakedBytes)},
                                     {QStringLiteral("burnt_cpu_seconds"), figures.burntCpuSeconds},
                                     {QStringLiteral("mode"),
                                      figures.isDegraded ? QStringLiteral("degraded") : QStringLiteral("normal")},
                                     {QStringLiteral("cpu_seconds"), figures.process.cpuSeconds},
                                     {QStringLiteral("rss_bytes"), double(figures.process.rssBytes)},
                                     {QStringLiteral("uptime_seconds"), figures.uptimeSeconds}})
        .toJson(QJsonDocument::Compact);
}

QByteArray metricsOf(const TargetFigures &figures, const RequestCounts &counts)
{
    ExpositionText text;
    const auto one = [&text](const char *name, const char *type, const char *help, double value) {
        text.begin(name, type, help);
        text.add(value);
    };
    counts.writeTo(text);
    one("headroom_target_requests_in_flight", "gauge", "Requests that are worked on or wait for a worker.",
        figures.inUse + figures.queueDepth);
    one("headroom_target_queue_depth", "gauge", "Requests that wait for a worker.", figures.queueDepth);
    one("headroom_target_workers", "gauge", "Requests that can be worked on at a time.", figures.workers);
    one("headroom_target_workers_busy", "gauge", "Workers that work now.", figures.inUse);
    one("headroom_target_cache_hits_total", "counter", "Worked requests that were cache hits.",
        double(figures.cacheHits));
    one("headroom_target_cache_misses_total", "counter", "Worked requests that were not.", double(figures.cacheMisses));
    one("headroom_target_leaked_bytes_total", "counter", "Memory left behind by requests.",
        double(figures.leakedBytes));
    one("headroom_target_burnt_cpu_seconds_total", "counter", "CPU time burnt by requests as they were told to.",
        figures.burntCpuSeconds);
    one("headroom_target_ready", "gauge", "1 when it takes work, 0 while it starts up or drains.", figures.isReady);
    one("headroom_target_degraded", "gauge", "1 in degraded mode.", figures.isDegraded);
    one("process_cpu_seconds_total", "counter", "CPU time of the process, user and system.",
        figures.process.cpuSeconds);
    one("process_resident_memory_bytes", "gauge", "Resident memory of the process.", double(figures.process.rssBytes));
    one("process_start_time_seconds", "gauge", "When the process started, since 1970-01-01 UTC.",
        figures.startedUnixSeconds);
    return text.text();
}

} // namespace Headroom
