// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/probescheduler.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

#include <algorithm>
#include <numeric>
#include <ranges>
#include <utility>

namespace Headroom {

namespace {

template <typename T> void append(std::vector<T> &all, const std::vector<T> &more)
{
    all.insert(all.end(), more.begin(), more.end());
}

std::optional<double> combined(const std::vector<double> &looks, Probe::OfSecond how)
{
    if (looks.empty())
        return std::nullopt;
    const double sum = std::accumulate(looks.begin(), looks.end(), 0.0);
    switch (how) {
    case Probe::OfSecond::Largest:
        return std::ranges::max(looks);
    case Probe::OfSecond::Smallest:
        return std::ranges::min(looks);
    case Probe::OfSecond::Mean:
        return sum / double(looks.size());
    case Probe::OfSecond::Sum:
        return sum;
    }
    return std::nullopt;
}

} // namespace

ProbeScheduler::ProbeScheduler(Clock &clock)
    : m_clock(clock)
    , m_runStart(clock.now())
{
}

ProbeScheduler::~ProbeScheduler() = default;

void ProbeScheduler::add(std::unique_ptr<Probe> probe, Nanoseconds every)
{
    ASSERT_THREAD(this);
    Q_ASSERT(every > 0ns);
    append(m_series, probe->series());
    const std::size_t width = probe->series().size();
    m_entries.push_back(std::make_unique<Entry>(Entry{std::move(probe), every, nullptr, ProbeValues(width), {}, {}}));
    Entry &entry = *m_entries.back();
    entry.alarm = m_clock.makeAlarm([this, &entry] { ring(entry); });

    const Probe *added = entry.probe.get();
    const auto tellSentence = [this, added](const QString &sentence) { tell(*added, sentence); };
    connect(added, &Probe::valuesRead, this, [this, &entry](const ProbeValues &values) { keep(entry, values); });
    connect(added, &Probe::failed, this, tellSentence);
    connect(added, &Probe::recovered, this, tellSentence);
    connect(added, &Probe::noted, this, tellSentence);
    connect(added, &Probe::flipped, this, [this](const QString &sentence) {
        Q_EMIT eventHappened({m_clock.now() - m_runStart, QStringLiteral("health"), sentence});
    });
}

void ProbeScheduler::start(SteadyTime runStart)
{
    ASSERT_THREAD(this);
    m_runStart = runStart;
    for (const auto &entry : m_entries)
        entry->alarm->setFor(runStart);
}

void ProbeScheduler::readNow()
{
    ASSERT_THREAD(this);
    for (const auto &entry : m_entries) {
        if (entry->probe->isReading())
            entry->asked = Asked::Later;
        else
            readAsked(*entry);
    }
}

void ProbeScheduler::readAsked(Entry &entry)
{
    entry.asked = Asked::UnderWay;
    entry.probe->look();
}

bool ProbeScheduler::isReadingNow() const
{
    return std::ranges::any_of(m_entries, [](const auto &entry) { return entry->asked != Asked::None; });
}

void ProbeScheduler::finish()
{
    ASSERT_THREAD(this);
    for (const auto &entry : m_entries)
        entry->alarm->cancel();
}

bool ProbeScheduler::isReading() const
{
    return std::ranges::any_of(m_entries, [](const auto &entry) { return entry->probe->isReading(); });
}

void ProbeScheduler::stop()
{
    ASSERT_THREAD(this);
    for (const auto &entry : m_entries) {
        entry->alarm->cancel();
        entry->asked = Asked::None;
        entry->probe->cancel();
    }
}

void ProbeScheduler::ring(Entry &entry)
{
    // The next border after now: a late ring skips readings instead of doing them in a bunch.
    const auto borders = (m_clock.now() - m_runStart) / entry.every + 1;
    entry.alarm->setFor(m_runStart + borders * entry.every);
    if (!entry.probe->isReading()) // what is under way may still answer: its value is better than none
        entry.probe->look();
}

void ProbeScheduler::keep(Entry &entry, const ProbeValues &values)
{
    entry.values = values;
    entry.readAt = m_clock.now();
    if (entry.every < 1s)
        gather(entry);
    if (!entry.probe->isReading()) { // else a ring was skipped
        if (std::exchange(entry.asked, Asked::None) == Asked::Later)
            readAsked(entry);
    }
    Q_EMIT readingEnded();
}

void ProbeScheduler::tell(const Probe &probe, const QString &sentence)
{
    const RunEvent event{m_clock.now() - m_runStart, QStringLiteral("probe"),
                         QStringLiteral("probe %1: %2").arg(probe.name(), sentence)};
    Q_EMIT eventHappened(event);
}

ProbeValues ProbeScheduler::latest() const
{
    ASSERT_THREAD(this);
    ProbeValues all;
    for (const auto &entry : m_entries)
        append(all, isFresh(*entry) ? entry->values : ProbeValues(entry->values.size()));
    return all;
}

bool ProbeScheduler::isFresh(const Entry &entry) const
{
    return m_clock.now() - entry.readAt <= std::max<Nanoseconds>(2s, 2 * entry.every);
}

void ProbeScheduler::gather(Entry &entry)
{
    entry.looks.resize(entry.values.size());
    for (std::size_t i = 0; i < entry.values.size(); ++i) {
        if (entry.values[i])
            entry.looks[i].push_back(*entry.values[i]);
    }
}

ProbeValues ProbeScheduler::takeSecond()
{
    ProbeValues all = latest();
    std::size_t at = 0;
    for (const auto &entry : m_entries) {
        for (std::size_t i = 0; i < entry->values.size(); ++i, ++at) {
            const bool isSum = entry->probe->ofSecond(i) == Probe::OfSecond::Sum;
            if (entry->every >= 1s) {
                if (all[at] && isSum)
                    *all[at] *= double(Nanoseconds(1s).count()) / double(entry->every.count());
            } else if (i < entry->looks.size()) {
                const auto value = combined(std::exchange(entry->looks[i], {}), entry->probe->ofSecond(i));
                all[at] = value || isSum ? value : all[at]; // nothing comes twice
            }
        }
    }
    return all;
}

std::uint64_t ProbeScheduler::requestsMade() const
{
    std::uint64_t sum = 0;
    for (const auto &entry : m_entries)
        sum += entry->probe->requestsMade();
    return sum;
}

std::vector<std::pair<QString, MemoryMappings>> ProbeScheduler::mappings()
{
    ASSERT_THREAD(this);
    std::vector<std::pair<QString, MemoryMappings>> all;
    for (const auto &entry : m_entries) {
        if (auto mappings = entry->probe->mappings())
            all.emplace_back(entry->probe->name(), std::move(*mappings));
    }
    return all;
}

QString ProbeScheduler::costSentence() const
{
    ASSERT_THREAD(this);
    constexpr std::size_t kShown = 5;
    std::vector<std::pair<Nanoseconds, QString>> costs; // the dearest first
    Nanoseconds sum{};
    for (const auto &entry : m_entries) {
        sum += entry->probe->spent();
        costs.emplace_back(-entry->probe->spent(), entry->probe->name());
    }
    const Nanoseconds length = m_clock.now() - m_runStart;
    if (costs.empty() || length <= 0ns)
        return {};
    std::ranges::sort(costs);
    QStringList parts;
    for (const auto &[cost, name] : costs | std::views::take(kShown))
        parts.append(name + u' ' + formatDuration(-cost));
    if (costs.size() > kShown)
        parts.append(QStringLiteral("and %1 more").arg(costs.size() - kShown));
    return QStringLiteral("watching took %1 of processor time, %2 of a core: %3")
        .arg(formatDuration(sum), formatShare(double(sum.count()) / double(length.count())),
             parts.join(QLatin1String(", ")));
}

void ProbeScheduler::setPracticePid(int pid)
{
    for (const auto &entry : m_entries)
        entry->probe->setPracticePid(pid);
}

} // namespace Headroom
