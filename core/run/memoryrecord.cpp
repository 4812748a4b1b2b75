// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/memoryrecord.h"

#include "core/base/ownedthread.h"
#include "core/run/capturedfile.h"
#include "core/session/attachmentname.h"

#include <algorithm>

namespace Headroom {

namespace {

Attachment mappingsFile(const MappingsLook &look)
{
    const bool isStart = look.moment == MappingsLook::Moment::Start;
    const QString name = QStringLiteral("mappings-%1-%2.json")
                             .arg(look.probe, isStart ? QStringLiteral("start") : QStringLiteral("end"));
    return {.name = attachmentName(name), .mediaType = QLatin1String(MappingsLook::kMediaType), .bytes = textOf(look)};
}

} // namespace

MemoryRecord::MemoryRecord(const std::vector<Scenario::Probe> &probes, const QUrl &target,
                           const TargetRoute &route, ProbeScheduler &scheduler, Clock &clock)
    : m_scheduler(scheduler)
{
    for (const Scenario::Probe &probe : probes) {
        if (probe.heap.isEmpty())
            continue;
        const QUrl url = target.resolved(QUrl(probe.heap, QUrl::StrictMode));
        m_heaps.push_back(std::make_unique<HeapCapture>(probe.name, url, route, clock));
        HeapCapture *heap = m_heaps.back().get();
        connect(heap, &Probe::valuesRead, this, [this, heap] { finish(*heap); });
        connect(heap, &Probe::failed, this, [this, heap](const QString &sentence) {
            Q_EMIT happened({m_at, QStringLiteral("probe"),
                             QStringLiteral("probe %1: heap profile: %2").arg(heap->name(), sentence)});
        });
    }
}

void MemoryRecord::look(Moment moment, Nanoseconds at)
{
    ASSERT_THREAD(this);
    if (std::exchange(m_hasBegun[std::size_t(moment)], true))
        return;
    m_moment = moment;
    m_at = at;
    for (const auto &[probe, mappings] : m_scheduler.mappings()) {
        Attachment file = mappingsFile({probe, moment, mappings});
        file.at = at;
        Q_EMIT captured(file);
    }
    for (const auto &heap : m_heaps) {
        heap->cancel(); // of the moment before, which is over
        if (!m_isCancelled)
            heap->look();
    }
}

void MemoryRecord::finish(HeapCapture &heap)
{
    if (const auto body = heap.takeBody()) {
        Attachment file = capturedFile(QStringLiteral("heap-") + heap.name(), m_moment == Moment::Start ? 1 : 2, *body);
        file.at = m_at;
        Q_EMIT captured(file);
    }
    if (!isLooking())
        Q_EMIT looked();
}

bool MemoryRecord::isLooking() const
{
    return std::ranges::any_of(m_heaps, [](const auto &heap) { return heap->isReading(); });
}

void MemoryRecord::cancel()
{
    m_isCancelled = true;
    for (const auto &heap : m_heaps)
        heap->cancel();
    Q_EMIT looked();
}

std::uint64_t MemoryRecord::requestsMade() const
{
    std::uint64_t sum = 0;
    for (const auto &heap : m_heaps)
        sum += heap->requestsMade();
    return sum;
}

} // namespace Headroom
