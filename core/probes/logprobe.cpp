// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/logprobe.h"

#include "core/base/humanformat.h"
#include "core/base/ownedthread.h"

#include <utility>

namespace Headroom {

namespace {

std::optional<Probe::OfSecond> looksOf(Scenario::Probe::As as)
{
    using As = Scenario::Probe::As;
    if (as == As::Sum)
        return Probe::OfSecond::Sum;
    return as == As::Rate || as == As::Mean ? std::optional(Probe::OfSecond::Mean) : std::nullopt;
}

} // namespace

LogProbe::LogProbe(const QString &name, const QString &path, LogMeasure measure, Clock &clock)
    : Probe(name, {Field{.name = {}, .unit = {}, .ofSecond = looksOf(measure.as())}})
    , m_path(path)
    , m_follower(path)
    , m_measure(std::move(measure))
    , m_clock(clock)
{
}

void LogProbe::read()
{
    ASSERT_THREAD(this);
    const auto course =
        m_follower.read([this](QByteArrayView bytes) { m_measure.take(bytes); }, [this] { m_measure.breakLine(); });
    if (course && !m_measure.isTooSlow())
        return finish(*course);
    const QString problem =
        course ? QStringLiteral("is searched too slowly; make the pattern simpler") : course.error().message;
    m_measure.end(0.0); // what there was of it is no value
    m_measure.breakLine(); // some may have been left out
    m_before = m_clock.now();
    fail(QStringLiteral("log %1 %2").arg(m_path, problem));
}

void LogProbe::finish(LogFollower::Course course)
{
    const SteadyTime now = m_clock.now();
    const std::chrono::duration<double> elapsed = now - m_before.value_or(now);
    const auto value = m_measure.end(elapsed.count());
    const bool hasBefore = std::exchange(m_before, now).has_value();
    if (const QString note = noteOf(course); !note.isEmpty() && !isFailing())
        Q_EMIT noted(note);
    succeed({hasBefore && course != LogFollower::Course::Begun ? value : std::nullopt});
}

QString LogProbe::noteOf(LogFollower::Course course)
{
    if (course == LogFollower::Course::Replaced)
        return QStringLiteral("log %1 was replaced; the new one is followed from its beginning").arg(m_path);
    if (course == LogFollower::Course::Cut)
        return QStringLiteral("log %1 was cut; it is followed from its beginning").arg(m_path);
    if (m_measure.oddText().isEmpty() || std::exchange(m_hasToldOfOddText, true))
        return {};
    return QStringLiteral("the pattern has caught %1 in log %2, which is no number and is left out")
        .arg(formatQuoted(m_measure.oddText()), m_path);
}

} // namespace Headroom
