// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/linereader.h"

#include "core/base/humanformat.h"
#include "core/scenario/jsontext.h"
#include "core/scenario/templatereader.h"

#include <QRegularExpression>

#include <algorithm>

namespace Headroom {

namespace {

constexpr QStringView kHttpOfTarget[] = {u"transport", u"connection", u"tls", u"headers", u"query", u"cookies", u"ready"};
constexpr QStringView kHttpOfStep[] = {u"query", u"headers", u"json", u"text", u"form", u"file", u"multipart", u"expect"};

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

/// Of a process that the run starts.
std::vector<Scenario::Header> readEnvironment(const FieldReader &fields, Problems &problems)
{
    static const QRegularExpression variable(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*\\z"));
    std::vector<Scenario::Header> environment;
    const YamlNode *written = fields.find(u"environment");
    const TemplateReader reader(fields, u"environment", problems);
    for (const YamlNode::Entry &entry : written ? written->entries : std::vector<YamlNode::Entry>()) {
        if (!variable.match(entry.key).hasMatch())
            problems.error(entry.keyRange,
                           QStringLiteral("%1 is no name of an environment variable; use letters, digits and '_', as in "
                                          "MODE")
                               .arg(formatQuoted(entry.key)));
        environment.emplace_back(entry.key, reader.read(entry.value, TextPlace::Plain).value_or(TextTemplate()));
    }
    return environment;
}

} // namespace

Scenario::Start readStart(const FieldReader &fields, Problems &problems)
{
    Scenario::Start start{.command = readConstant(fields, u"command", problems),
            .environment = readEnvironment(fields, problems),
            .stopWithin = fields.duration(u"stop_within"),
            .isKept = fields.boolean(u"keep"),
            .range = Problems::shownPlace(fields.range())};
    const auto isConstant = [](const Scenario::Header &variable) { return variable.second.isConstant(); };
    if (start.isKept && !std::ranges::all_of(start.environment, isConstant))
        problems.error(fields.keyRange(u"keep"),
                       QStringLiteral("what is kept writes its own log, where a secret of its environment could not be hidden; "
                                      "remove 'keep', or the secret"));
    return start;
}

Scenario::Lines readLinesTarget(const FieldReader &target, Problems &problems)
{
    refuseHttp(target, kHttpOfTarget, problems);
    const FieldReader fields = target.object(u"lines");
    return {.command = readConstant(fields, u"command", problems),
            .socket = readConstant(fields, u"socket", problems),
            .environment = readEnvironment(fields, problems),
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
        text = reader.read(*line, TextPlace::Line).value_or(TextTemplate());
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
