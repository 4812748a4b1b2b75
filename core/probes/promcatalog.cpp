// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promcatalog.h"

#include "core/probes/prometheusprobe.h"
#include "core/probes/promtext.h"

#include <map>
#include <set>

namespace Headroom {

namespace {

constexpr std::size_t kMostMetrics = 2000;

/// What is known of one while the text is read.
struct Entry
{
    QByteArray type{};
    std::set<QByteArray> labels{};
    int series = 0;
};

class Reader
{
public:
    void takeType(QByteArrayView name, QByteArrayView type)
    {
        if (Entry *entry = entryOf(name.toByteArray()))
            entry->type = type.toByteArray();
    }

    void take(const PromSample &sample)
    {
        const QByteArray name = sample.name.toByteArray();
        const QByteArray family = familyOf(name);
        Entry *entry = entryOf(family);
        if (!entry)
            return;
        if (family == name || name.endsWith("_count"))
            ++entry->series;
        for (const PromSample::Label &label : sample.labels) {
            const bool isOfBucket = label.name == "le" && family != name;
            if (!isOfBucket && entry->labels.size() < 50)
                entry->labels.insert(label.name.toByteArray());
        }
    }

    std::vector<PromMetric> metrics() const
    {
        std::vector<PromMetric> found;
        for (const auto &[name, entry] : m_entries) {
            if (entry.series == 0)
                continue; // announced and never shown
            PromMetric metric{QString::fromUtf8(name), QString::fromUtf8(entry.type), {}, entry.series};
            for (const QByteArray &label : entry.labels)
                metric.labels << QString::fromUtf8(label);
            found.push_back(std::move(metric));
        }
        return found;
    }

private:
    Entry *entryOf(const QByteArray &name)
    {
        const auto known = m_entries.find(name);
        if (known != m_entries.end())
            return &known->second;
        return m_entries.size() < kMostMetrics ? &m_entries[name] : nullptr;
    }

    /// The histogram or summary that a line belongs to, else itself.
    QByteArray familyOf(const QByteArray &name) const
    {
        for (const char *ending : {"_bucket", "_sum", "_count"}) {
            if (!name.endsWith(ending))
                continue;
            const QByteArray family = name.chopped(qsizetype(qstrlen(ending)));
            const auto known = m_entries.find(family);
            if (known != m_entries.end() && (known->second.type == "histogram" || known->second.type == "summary"))
                return family;
        }
        return name;
    }

    std::map<QByteArray, Entry> m_entries;
};

} // namespace

Result<std::vector<PromMetric>> promMetrics(QByteArrayView text)
{
    Reader reader;
    const PromVisitor visitor{[&reader](const PromSample &sample) { reader.take(sample); },
                              [&reader](QByteArrayView name, QByteArrayView type) { reader.takeType(name, type); }};
    if (const auto read = readPromText(text, visitor); !read)
        return std::unexpected(read.error());
    return reader.metrics();
}

PromCatalog::PromCatalog(const QUrl &url, const TargetRoute &route, Clock &clock)
    : HttpProbe(QStringLiteral("metrics"), {{{}, QStringLiteral("count")}},
                {url, "text/plain;version=0.0.4, */*;q=0.1", PrometheusProbe::kMaxBodyBytes, 2s, route}, clock)
{
}

void PromCatalog::evaluate(const QByteArray &body)
{
    auto metrics = promMetrics(body);
    if (!metrics)
        return refuse(QStringLiteral("answered with something that is not for Prometheus, ") + metrics.error().message);
    m_metrics = std::move(*metrics);
    succeed({double(m_metrics.size())});
}

} // namespace Headroom
