// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runsummary.h"

namespace Headroom {

/// Several scenarios that were run in order, reported together.
struct SuiteReport
{
    struct Member
    {
        QString scenario; ///< File, as the suite names it.
        QString target;
        QStringList profiles; ///< What was chosen: "mode: stub".
        QString skipped; ///< Why it was not even tried; empty: it was.
        RunSummary run; ///< Its label is the member's name.
        std::vector<RuleResult> rules;
    };
    /// A cell of the table of objectives.
    struct Objective
    {
        QString member;
        QString metric;
        std::optional<RuleResult> result; ///< Nothing when the member was not run.
    };

    QString toolVersion;
    QString name;
    std::size_t planned = 0; ///< Members that were asked for.
    std::vector<Member> members; ///< Those that were run or skipped, in this order.
    std::vector<Objective> objectives;
    int exitCode = 0;

    bool isComplete() const { return members.size() == planned; }
    std::vector<RunSummary> runs() const; ///< Of the members.
    std::size_t met() const; ///< Members whose run is a plain yes: exit code 0.
};

/// "2 of 3 members met"; what was not run is said as well.
QString suiteVerdictText(const SuiteReport &suite);

/// Tables for the terminal, with every rule that is not met.
QString suiteText(const SuiteReport &suite);
/// Schema headroom-suite/1.
QByteArray suiteJson(const SuiteReport &suite);
QByteArray suiteReportJsonSchema();
/// One page with the members, the table of objectives and all rules, without scripts.
QByteArray suiteHtml(const SuiteReport &suite);

} // namespace Headroom
