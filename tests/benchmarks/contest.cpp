// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/contest.h"

#include <algorithm>

namespace Headroom {

namespace {

double medianOf(const std::vector<Contest::Turn> &turns, double (*figure)(const Contest::Turn &))
{
    std::vector<double> values;
    std::ranges::transform(turns, std::back_inserter(values), figure);
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

} // namespace

void Contest::add(const QString &name, Run run) { m_entrants.push_back({name, std::move(run), {}}); }

Result<void> Contest::hold(int rounds)
{
    for (int round = 0; round < rounds; ++round) {
        for (Entrant &entrant : m_entrants) {
            const auto turn = entrant.run();
            if (!turn)
                return failure(turn.error().code, turn.error().text(), entrant.name);
            if (turn->load.answered <= 0.0)
                return failure(Error::Code::Unreachable, QStringLiteral("no request was answered"), entrant.name);
            entrant.turns.push_back(*turn);
        }
    }
    return {};
}

const Contest::Entrant &Contest::entrant(const QString &name) const
{
    const auto found = std::ranges::find(m_entrants, name, &Entrant::name);
    Q_ASSERT(found != m_entrants.end());
    return *found;
}

double Contest::perSecond(const QString &name) const
{
    return medianOf(entrant(name).turns, [](const Turn &turn) { return turn.load.perSecond; });
}

double Contest::cpuMicroseconds(const QString &name) const
{
    return medianOf(entrant(name).turns, [](const Turn &turn) { return turn.cpuSeconds * 1e6 / turn.load.answered; });
}

double Contest::failed(const QString &name) const
{
    double failed = 0.0;
    for (const Turn &turn : entrant(name).turns)
        failed += turn.load.failed;
    return failed;
}

ResultTable Contest::table(const QString &title) const
{
    const QString first = m_entrants.front().name;
    ResultTable table{title,
                      {QStringLiteral("requests/s"), QStringLiteral("to ") + first, QStringLiteral("CPU us/request"),
                       QStringLiteral("to ") + first},
                      {0, 2, 2, 2},
                      {}};
    for (const Entrant &entrant : m_entrants) {
        const double rate = perSecond(entrant.name);
        const double cpu = cpuMicroseconds(entrant.name);
        table.rows.push_back({entrant.name, {rate, rate / perSecond(first), cpu, cpu / cpuMicroseconds(first)}});
    }
    return table;
}

} // namespace Headroom
