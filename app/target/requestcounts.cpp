// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/requestcounts.h"

#include "app/target/expositiontext.h"

#include <QLocale>

#include <algorithm>

namespace Headroom {

void RequestCounts::add(const QByteArray &method, const QByteArray &route, int status, Nanoseconds took)
{
    const double seconds = std::chrono::duration<double>(took).count();
    ++m_counts[{method, route, status}];
    ++m_byStatus[status];
    Durations &durations = m_durations[route];
    ++durations.inBucket[static_cast<std::size_t>(std::ranges::lower_bound(kBuckets, seconds) - kBuckets.begin())];
    durations.sum += seconds;
}

std::uint64_t RequestCounts::errors() const
{
    std::uint64_t errors = 0;
    for (const auto &[status, count] : m_byStatus)
        errors += status == 429 || status >= 500 ? count : 0;
    return errors;
}

void RequestCounts::writeTo(ExpositionText &text) const
{
    text.begin("headroom_target_requests_total", "counter",
               "Requests that ended; status 499: the client had gone, 0: the service ended first.");
    for (const auto &[key, count] : m_counts) {
        const auto &[method, route, status] = key;
        const std::pair<QByteArray, QByteArray> labels[]{
            {"method", method}, {"path", route}, {"status", QByteArray::number(status)}};
        text.addCount(count, labels);
    }
    text.begin("headroom_target_errors_total", "counter",
               "Requests that were refused (429) or failed (500 and above).");
    text.addCount(errors());
    writeDurations(text);
}

void RequestCounts::writeDurations(ExpositionText &text) const
{
    text.begin("headroom_target_request_duration_seconds", "histogram",
               "From the last byte of a request to its answer, waiting for a worker included.");
    for (const auto &[route, durations] : m_durations) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < durations.inBucket.size(); ++i) {
            below += durations.inBucket[i];
            const QByteArray end = i < kBuckets.size() ? QByteArray::number(kBuckets[i], 'f', QLocale::FloatingPointShortest)
                                                          : QByteArray("+Inf");
            const std::pair<QByteArray, QByteArray> labels[]{{"path", route}, {"le", end}};
            text.addTo("_bucket", QByteArray::number(below), labels);
        }
        const std::pair<QByteArray, QByteArray> labels[]{{"path", route}};
        text.addTo("_sum", ExpositionText::number(durations.sum), labels);
        text.addTo("_count", QByteArray::number(below), labels);
    }
}

} // namespace Headroom
