// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/flowreader.h"

#include "core/scenario/answersreader.h"
#include "core/scenario/bodyreader.h"
#include "core/scenario/flowcontrol.h"
#include "core/scenario/httptext.h"
#include "core/scenario/jsontext.h"
#include "core/scenario/linereader.h"
#include "core/scenario/namekeeper.h"
#include "core/scenario/targetreader.h"
#include "core/scenario/templatereader.h"

#include <algorithm>

namespace Headroom {

namespace {

using Step = Scenario::Step;

constexpr QStringView kVerbs[] = {u"get", u"post", u"put", u"patch", u"delete", u"head", u"options"};

/// "a=1&b=%20" of the mapping in a field.
TextTemplate encodedPairs(const FieldReader &fields, QStringView name, TextPlace place, Problems &problems)
{
    const TemplateReader reader(fields, name, problems);
    TextTemplate pairs;
    for (const YamlNode::Entry &entry : fields.find(name)->entries) {
        pairs.append((pairs.pieces().empty() ? QString() : QStringLiteral("&")) + ownText(place, entry.key) + u'=');
        pairs.append(reader.read(entry.value, place).value_or(TextTemplate()));
    }
    return pairs;
}

void readRequest(const FieldReader &fields, Step &step, Problems &problems)
{
    QStringView pathField = u"path";
    if (fields.has(u"method")) {
        const QString method = fields.text(u"method");
        step.method = method.toLatin1();
        if (const QString problem = methodProblem(method); !problem.isEmpty())
            problems.error(fields.find(u"method")->range, problem);
    } else if (const auto verb = std::ranges::find_if(kVerbs, [&fields](QStringView v) { return fields.has(v); });
               verb != std::end(kVerbs)) {
        step.method = verb->toLatin1().toUpper();
        pathField = *verb;
    }
    step.path = readLocation(fields, pathField, problems);
    const YamlNode *query = fields.find(u"query");
    if (query && !query->entries.empty()) {
        step.path.append(step.path.with(u"0").contains(u'?') ? QStringLiteral("&") : QStringLiteral("?"));
        step.path.append(encodedPairs(fields, u"query", TextPlace::Query, problems));
    }
}

std::optional<Scenario::Body> readBody(const FieldReader &fields, const YamlNode *json, Problems &problems)
{
    if (json) {
        std::vector<YamlProblem> jsonProblems;
        const TextTemplate text = jsonTemplate(*json, TemplateReader(fields, u"json", problems), jsonProblems);
        for (const YamlProblem &problem : jsonProblems)
            problems.error(problem.range, problem.message);
        return Scenario::Body{text, "application/json"};
    }
    if (const YamlNode *text = fields.find(u"text")) {
        const auto read = TemplateReader(fields, u"text", problems).read(*text, TextPlace::Plain);
        return Scenario::Body{read.value_or(TextTemplate()), "text/plain; charset=utf-8"};
    }
    if (fields.has(u"form"))
        return Scenario::Body{encodedPairs(fields, u"form", TextPlace::Form, problems), "application/x-www-form-urlencoded"};
    return readFileBody(fields, problems);
}

/// A content type among the headers is that of the body, so that it goes out once.
void moveContentType(Step &step)
{
    const auto isContentType = [](const Scenario::Header &header) {
        return header.first.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0;
    };
    const auto found = std::ranges::find_if(step.headers, isContentType);
    if (!step.body || found == step.headers.end() || !found->second.isConstant())
        return;
    step.body->contentType = found->second.constant().toLatin1();
    step.headers.erase(found);
}

std::vector<Step> readSteps(const std::vector<FieldReader> &items, int depth, Problems &problems);

/// `depth`: groups that it stands in.
Step readStep(const FieldReader &fields, int depth, Problems &problems)
{
    Step step;
    step.range = Problems::shownPlace(fields.range());
    if (const YamlNode *name = fields.find(u"name")) {
        step.name = name->text;
        checkName(step.name, name->range, problems);
    }
    if (fields.written(u"group")) {
        readGroupHead(fields, step, depth, problems);
        if (depth < kMostGroupDepth)
            step.steps = readSteps(fields.items(u"steps"), depth + 1, problems);
    } else if (fields.written(u"line")) {
        readLine(fields, step, problems);
    } else {
        readRequest(fields, step, problems);
        step.headers = readHeaders(fields, problems);
        step.body = readBody(fields, fields.written(u"json"), problems);
        moveContentType(step);
    }
    readAnswers(fields, step, problems);
    step.expect = fields.statuses(u"expect");
    step.think = fields.thinkTime(u"think");
    if (step.think.high < step.think.low)
        problems.error(fields.find(u"think")->range, QStringLiteral("the shorter think time comes first; swap both"));
    readFlowControl(fields, step, problems);
    return step;
}

std::vector<Step> readSteps(const std::vector<FieldReader> &items, int depth, Problems &problems)
{
    std::vector<Step> steps;
    for (const FieldReader &fields : items)
        steps.push_back(readStep(fields, depth, problems));
    return steps;
}

} // namespace

std::vector<Scenario::Flow> readFlows(const std::vector<FieldReader> &items, Problems &problems)
{
    std::vector<Scenario::Flow> flows;
    NameKeeper names(QStringLiteral("flow"), problems);
    for (const FieldReader &fields : items) {
        Scenario::Flow flow;
        flow.name = names.name(fields);
        flow.weight = fields.number(u"weight");
        flow.rate = fields.rateIfWritten(u"rate");
        flow.pace = fields.durationIfWritten(u"pace");
        flow.range = Problems::shownPlace(fields.range());
        flow.steps = readSteps(fields.items(u"steps"), 0, problems);
        checkLength(flow, problems);
        flows.push_back(std::move(flow));
    }
    return flows;
}

Scenario::Call readCall(const FieldReader &fields, Problems &problems)
{
    Step step;
    readRequest(fields, step, problems);
    step.headers = readHeaders(fields, problems);
    step.body = readBody(fields, fields.written(u"json"), problems);
    moveContentType(step);
    return {step.method, step.path,  std::move(step.headers), std::move(step.body), fields.statuses(u"expect"),
            Problems::shownPlace(fields.range())};
}

} // namespace Headroom
