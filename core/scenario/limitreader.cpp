// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/limitreader.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

void refuseOthers(const FieldReader &fields, Problems &problems)
{
    constexpr std::pair<QStringView, QLatin1String> kOthers[] = {
        {u"for", QLatin1String("the search ends when it has found the limit")},
        {u"iterations", QLatin1String("the search ends when it has found the limit")},
        {u"stages", QLatin1String("the search sets the rate itself, beginning at 'rate'")},
    };
    for (const auto &[field, reason] : kOthers) {
        if (fields.written(field))
            problems.error(fields.keyRange(field),
                           QStringLiteral("'%1' makes no sense with 'find_limit': %2; remove it").arg(field, reason));
    }
}

/// The planned rate, where the search begins; nothing when it was reported.
std::optional<Rate> readPlanned(const FieldReader &fields, Problems &problems)
{
    const auto span = fields.rateSpanIfWritten(u"rate");
    if (span && span->first == span->second && span->first > Rate())
        return span->first;
    if (!fields.written(u"rate"))
        problems.error(fields.keyRange(u"find_limit"),
                       QStringLiteral("'rate' is missing: the planned rate, where the search begins, as in 100/s"));
    else if (span)
        problems.error(fields.keyRange(u"rate"),
                       QStringLiteral("a search begins at one rate above 0: the planned one, as in 100/s"));
    return std::nullopt;
}

void readCap(const FieldReader &fields, Scenario::Load &load, Problems &problems)
{
    const auto cap = fields.usersSpanIfWritten(u"users");
    if (!cap)
        return;
    if (cap->first == cap->second && cap->first >= 1.0)
        load.users = int(cap->first);
    else
        problems.error(fields.find(u"users")->range,
                       QStringLiteral("with a rate, 'users' is the cap on iterations under way: one number from 1 on"));
}

} // namespace

void readFindLimit(const FieldReader &fields, Scenario::Load &load, Problems &problems)
{
    refuseOthers(fields, problems);
    readCap(fields, load, problems);
    const FieldReader search = fields.object(u"find_limit");
    const std::optional<Rate> planned = readPlanned(fields, problems);
    Scenario::FindLimit limit;
    limit.upTo = search.rateIfWritten(u"up_to").value_or(standardUpTo(planned.value_or(Rate())));
    limit.hold = search.duration(u"hold");
    limit.confirm = search.duration(u"confirm");
    limit.within = search.percent(u"within");
    if (planned && search.has(u"up_to") && limit.upTo <= *planned)
        problems.error(
            search.keyRange(u"up_to"),
            QStringLiteral("the search begins at the planned rate and goes up from there; write more than %1")
                .arg(formatRate(*planned)));
    load.findLimit = limit;
    Scenario::Stage stage;
    stage.name = QStringLiteral("search");
    stage.rate = std::pair(planned.value_or(Rate()), planned.value_or(Rate()));
    stage.range = load.range;
    load.stages = {stage};
}

} // namespace Headroom
