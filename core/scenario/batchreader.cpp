// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/batchreader.h"

#include "core/scenario/flowreader.h"

#include <algorithm>

namespace Headroom {

namespace {

/// How many iterations of a batch are under way at most.
double readCap(const FieldReader &fields, int size, Problems &problems)
{
    const auto cap = fields.usersSpanIfWritten(u"users");
    if (!cap)
        return size;
    if (cap->first != cap->second || cap->first < 1.0)
        problems.error(
            fields.find(u"users")->range,
            QStringLiteral("with batches, 'users' is the cap on iterations under way: one number from 1 on"));
    return std::clamp(cap->first, 1.0, double(size));
}

void readBetween(const FieldReader &between, Scenario::Batches &batches, Problems &problems)
{
    batches.restartsTarget = between.has(u"restart");
    if (!batches.restartsTarget) {
        batches.between = readCall(between, problems);
        return;
    }
    for (const QStringView field : {u"query", u"headers", u"json", u"text", u"form", u"file", u"multipart", u"expect"}) {
        if (between.written(field))
            problems.error(between.keyRange(field),
                           QStringLiteral("'%1' belongs to a request; a restart is none, so remove it").arg(field));
    }
}

void refuseOthers(const FieldReader &fields, Problems &problems)
{
    constexpr std::pair<QStringView, QLatin1String> kOthers[] = {
        {u"for", QLatin1String("batches end when they are done")},
        {u"iterations", QLatin1String("batches say how many iterations there are")},
        {u"late", QLatin1String("all of a batch waits for its turn")},
        {u"spacing", QLatin1String("all of a batch starts at once")},
    };
    for (const auto &[field, reason] : kOthers) {
        if (fields.written(field))
            problems.error(fields.keyRange(field),
                           QStringLiteral("'%1' makes no sense with 'batches': %2; remove it").arg(field, reason));
    }
}

} // namespace

void readBatches(const FieldReader &fields, Scenario::Load &load, Problems &problems)
{
    refuseOthers(fields, problems);
    load.batches = fields.batchesIfWritten(u"batches").value_or(Scenario::Batches{});
    if (fields.has(u"between"))
        readBetween(fields.object(u"between"), *load.batches, problems);
    const double cap = readCap(fields, load.batches->size, problems);
    Scenario::Stage stage;
    stage.name = QStringLiteral("batches");
    stage.users = std::pair(cap, cap);
    stage.range = load.range;
    load.stages = {stage};
    load.iterations = std::uint64_t(load.batches->count) * std::uint64_t(load.batches->size);
}

} // namespace Headroom
