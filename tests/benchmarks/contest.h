// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/benchmarks/loadtools.h"
#include "tests/benchmarks/resulttable.h"

#include <functional>

namespace Headroom {

/// Load generators measured beside each other: in turns, so that a disturbance does not meet only one, each by the
/// median of its turns.
class Contest
{
public:
    struct Turn
    {
        ToolLoad load;
        double cpuSeconds = 0.0; ///< User and system time of the generator's process.
    };
    using Run = std::function<Result<Turn>()>;

    /// The first that is added is what the others are compared with.
    void add(const QString &name, Run run);
    /// Errors: the first of a turn, with the name in front; no answer at all is one too.
    Result<void> hold(int rounds);

    double perSecond(const QString &name) const;
    double cpuMicroseconds(const QString &name) const; ///< For each answered request.
    double failed(const QString &name) const; ///< Of all its turns.
    ResultTable table(const QString &title) const;

private:
    struct Entrant
    {
        QString name;
        Run run;
        std::vector<Turn> turns;
    };
    const Entrant &entrant(const QString &name) const;

    std::vector<Entrant> m_entrants;
};

} // namespace Headroom
