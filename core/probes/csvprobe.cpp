// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/csvprobe.h"

#include "core/base/ownedthread.h"

#include <utility>

namespace Headroom {

namespace {

std::vector<Probe::Field> csvFields(const QStringList &names)
{
    std::vector<Probe::Field> fields;
    for (const QString &name : names)
        fields.push_back({name, {}});
    return fields;
}

} // namespace

CsvProbe::CsvProbe(const QString &name, const Source &source)
    : Probe(name, csvFields(source.fields))
    , m_path(source.path)
    , m_follower(source.path, LogFollower::Excess::Later)
    , m_sum(source.columns)
{
}

void CsvProbe::read()
{
    ASSERT_THREAD(this);
    const auto course =
        m_follower.read([this](QByteArrayView bytes) { m_sum.take(bytes); }, [this] { m_sum.beginAnew(); });
    if (!course)
        return fail(QStringLiteral("CSV file %1 %2").arg(m_path, course.error().message));
    if (*course == LogFollower::Course::Begun)
        begin();
    if (!m_sum.problem().isEmpty())
        return fail(QStringLiteral("CSV file %1 %2").arg(m_path, m_sum.problem()), m_sum.sums());
    tellOfRest(*course);
    succeed(m_sum.sums());
}

/// Of what was there before, the names of the columns count, and a row that is not complete yet.
void CsvProbe::begin()
{
    const QByteArray head = m_follower.beginning(CsvSum::kMostRecordBytes);
    const qsizetype end = head.indexOf('\n');
    m_sum.take(end < 0 ? head : head.first(end + 1));
    if (end < 0)
        return;
    const QByteArray tail = m_follower.tail(CsvSum::kMostRecordBytes);
    m_sum.take(tail.sliced(tail.lastIndexOf('\n') + 1));
}

void CsvProbe::tellOfRest(LogFollower::Course course)
{
    if (isFailing())
        return;
    if (course == LogFollower::Course::Replaced)
        Q_EMIT noted(
            QStringLiteral("CSV file %1 was replaced; the new one is added up from its beginning").arg(m_path));
    if (course == LogFollower::Course::Cut)
        Q_EMIT noted(QStringLiteral("CSV file %1 was cut; it is added up from its beginning").arg(m_path));
    if (m_sum.leftOut() > 0 && !std::exchange(m_hasToldOfLeftOut, true))
        Q_EMIT noted(
            QStringLiteral("CSV file %1 has something that is no number, or no row; it is left out").arg(m_path));
}

} // namespace Headroom
