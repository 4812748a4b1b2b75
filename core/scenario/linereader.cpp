// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/linereader.h"

#include "core/scenario/jsontext.h"
#include "core/scenario/templatereader.h"

namespace Headroom {

namespace {

constexpr QStringView kHttpOfTarget[] = {u"transport", u"headers", u"cookies", u"ready"};
constexpr QStringView kHttpOfStep[] = {u"query", u"headers", u"json", u"text", u"form", u"expect"};

template <std::size_t count>
void refuseHttp(const FieldReader &fields, const QStringView (&names)[count], Problems &problems)
{
    for (const QStringView name : names) {
        if (fields.written(name))
            problems.error(
                fields.keyRange(name),
                QStringLiteral("'%1' belongs to HTTP; a line is its text and nothing more, so remove it").arg(name));
    }
}

QString constantText(const FieldReader &fields, QStringView name, Problems &problems)
{
    const YamlNode *node = fields.find(name);
    if (!node || !node->isScalar())
        return {};
    const auto text = TemplateReader(fields, name, problems).read(*node, TextPlace::Plain);
    return text ? text->constant() : QString();
}

} // namespace

Scenario::Start readStart(const FieldReader &fields, Problems &problems)
{
    return {.command = constantText(fields, u"command", problems),
            .stopWithin = fields.duration(u"stop_within"),
            .isKept = fields.boolean(u"keep"),
            .range = Problems::shownPlace(fields.range())};
}

Scenario::Lines readLinesTarget(const FieldReader &target, Problems &problems)
{
    refuseHttp(target, kHttpOfTarget, problems);
    const FieldReader fields = target.object(u"lines");
    return {.command = constantText(fields, u"command", problems),
            .socket = constantText(fields, u"socket", problems),
            .range = Problems::shownPlace(fields.range())};
}

void readLine(const FieldReader &fields, Scenario::Step &step, Problems &problems)
{
    refuseHttp(fields, kHttpOfStep, problems);
    step.isLine = true;
    step.method = "LINE";
    const YamlNode *line = fields.find(u"line");
    if (!line || (line->isScalar() && line->text.isEmpty())) {
        problems.error(fields.keyRange(u"line"),
                       QStringLiteral("the line is missing here; write a text, or a mapping that becomes JSON"));
        return;
    }
    const TemplateReader reader(fields, u"line", problems);
    TextTemplate text;
    if (line->isScalar()) {
        text = reader.read(*line, TextPlace::Plain).value_or(TextTemplate());
    } else {
        std::vector<YamlProblem> jsonProblems;
        text = jsonTemplate(*line, reader, jsonProblems);
        for (const YamlProblem &problem : jsonProblems)
            problems.error(problem.range, problem.message);
    }
    if (text.with(u"0").contains(u'\n'))
        problems.error(line->range,
                       QStringLiteral("a line has no line break in it; with >- instead of | YAML joins them"));
    step.body = Scenario::Body{text, {}};
}

} // namespace Headroom
