// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/flowcontrol.h"

#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/scenario/checkreader.h"
#include "core/scenario/namekeeper.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr QStringView kOfRequests[] = {u"name",      u"query",  u"headers", u"json",    u"text",     u"form", u"file",
                                       u"multipart", u"expect", u"check",   u"extract", u"identity", u"until"};

std::optional<Condition> byChance(const YamlNode &scalar, Problems &problems)
{
    const auto share = parsePercent(scalar.text);
    if (!share || !(*share >= 0.0 && *share <= 1.0)) {
        problems.error(scalar.range,
                       QStringLiteral("%1 is no chance; write a share from 0 % to 100 %, as in 30 %")
                           .arg(formatQuoted(scalar.text)));
        return std::nullopt;
    }
    Condition condition;
    condition.text = scalar.text.trimmed();
    condition.chance = *share;
    condition.range = Problems::shownPlace(scalar.range);
    return condition;
}

QString misfit(const Comparing &written, const Condition &condition)
{
    if (!hasTemplate(written.left) && !hasTemplate(written.right))
        return QStringLiteral("nothing in this condition can change; compare a value such as a var or an extracted "
                              "variable, as in ${tier} == gold, or write a chance, as in 30 %");
    if (condition.comparison != Comparison::Matches)
        return {};
    if (!condition.right.isConstant())
        return QStringLiteral("a regular expression is the same for all iterations; only vars can stand in it");
    const auto pattern = boundedPattern(condition.right.constant());
    return pattern ? QString()
                   : QStringLiteral("%1: %2").arg(formatQuoted(condition.right.constant()), pattern.error().message);
}

std::uint64_t mostRequests(const std::vector<Scenario::Step> &steps)
{
    std::uint64_t sum = 0;
    for (const Scenario::Step &step : steps) {
        sum += std::uint64_t(step.repeat) * (step.isGroup() ? mostRequests(step.steps) : 1);
        sum = std::min(sum, kMostRequestsOfIteration + 1); // products of many repetitions
    }
    return sum;
}

} // namespace

std::optional<Condition> readCondition(const YamlNode &scalar, const TemplateReader &templates, Problems &problems)
{
    if (!scalar.isScalar() || problems.isFull())
        return std::nullopt; // reported by SchemaCheck
    if (scalar.text.trimmed().endsWith(u'%') && !hasTemplate(scalar.text))
        return byChance(scalar, problems);
    const auto written = parseComparing(scalar.text);
    if (!written) {
        const CheckProblem &problem = written.error();
        const qsizetype start = std::min(problem.start, scalar.text.size());
        const YamlNode part = partOf(scalar, start, std::min(problem.length, scalar.text.size() - start));
        problems.error(part.range, problem.message);
        return std::nullopt;
    }
    const auto left = templates.read(partOf(scalar, written->leftStart, written->left.size()), TextPlace::Plain);
    const auto right = templates.read(partOf(scalar, written->rightStart, written->right.size()), TextPlace::Plain);
    if (!left || !right)
        return std::nullopt;
    Condition condition{
        scalar.text.trimmed(), *left, written->comparison, *right, {}, Problems::shownPlace(scalar.range)};
    if (const QString problem = misfit(*written, condition); !problem.isEmpty()) {
        problems.error(scalar.range, problem);
        return std::nullopt;
    }
    return condition;
}

void readFlowControl(const FieldReader &fields, Scenario::Step &step, Problems &problems)
{
    step.isOnce = fields.boolean(u"once");
    step.repeat = int(std::clamp<std::uint64_t>(fields.whole(u"repeat"), 1, kMostRequestsOfIteration));
    if (const YamlNode *condition = fields.find(u"if"))
        step.condition = readCondition(*condition, {fields, u"if", problems}, problems).value_or(Condition());
    if (const YamlNode *until = fields.find(u"until"))
        step.until = readCheck(*until, {fields, u"until", problems}, problems);
}

void readGroupHead(const FieldReader &fields, Scenario::Step &group, int depth, Problems &problems)
{
    if (const YamlNode *name = fields.find(u"group"); name && name->isScalar()) {
        group.name = name->text;
        checkName(group.name, name->range, problems);
    }
    for (const QStringView field : kOfRequests) {
        if (!fields.written(field))
            continue;
        const QString remedy = field == u"name"
            ? QStringLiteral("a group is named behind 'group'; remove 'name'")
            : QStringLiteral("'%1' belongs to a request; write it at the steps of the "
                             "group that it is meant for")
                  .arg(field);
        problems.error(fields.keyRange(field), remedy);
    }
    if (depth >= kMostGroupDepth)
        problems.error(fields.keyRange(u"group"),
                       QStringLiteral("groups stand more than %1 deep in each other; take the "
                                      "inner ones out")
                           .arg(kMostGroupDepth));
}

void checkLength(const Scenario::Flow &flow, Problems &problems)
{
    if (mostRequests(flow.steps) > kMostRequestsOfIteration)
        problems.error(flow.range,
                       QStringLiteral("an iteration of this flow may make more than %1 requests; repeat less")
                           .arg(formatCount(kMostRequestsOfIteration)));
}

} // namespace Headroom
