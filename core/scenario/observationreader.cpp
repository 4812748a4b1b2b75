// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/observationreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/checkreader.h"
#include "core/scenario/namekeeper.h"

#include <algorithm>

namespace Headroom {

namespace {

using Kind = Scenario::Observation::Kind;

/// Rules name observations in brackets, beside functions.
void checkPlainName(const YamlNode::Entry &entry, Problems &problems)
{
    constexpr qsizetype kLongest = 100;
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    if (entry.key.isEmpty() || entry.key.size() > kLongest || !std::ranges::all_of(entry.key, isPlain)) {
        problems.error(
            entry.keyRange,
            QStringLiteral("%1 cannot be the name of an observation; use up to %2 letters, digits, '_' and '-'")
                .arg(formatQuoted(entry.key))
                .arg(kLongest));
    }
}

/// A time that the server tells stands in what it sends; what we measure ourselves is no such time.
bool isToldByServer(const AnswerPlace &place)
{
    return place.kind == AnswerPlace::Kind::Json || place.kind == AnswerPlace::Kind::Header
        || place.kind == AnswerPlace::Kind::ServerTiming || place.kind == AnswerPlace::Kind::Pattern;
}

std::optional<AnswerPlace> readTime(const YamlNode &node, Problems &problems)
{
    auto place = readPlace(node, problems);
    if (!place || isToldByServer(*place))
        return place;
    problems.error(node.range,
                   QStringLiteral("%1 is no time of the server's; write where it says how long it took, in ms, as in "
                                  "header X-Request-Latency-Ms, server-timing total or $.took_ms")
                       .arg(formatQuoted(node.text)));
    return std::nullopt;
}

Scenario::Observation readOne(const FieldReader &fields, Problems &problems)
{
    Scenario::Observation observation;
    observation.of = fields.text(u"of");
    observation.isOfRejections = fields.text(u"on") == u"rejections";
    if (const YamlNode *hit = fields.find(u"hit")) {
        observation.kind = Kind::Hit;
        observation.hit = readCheck(*hit, TemplateReader(fields, u"hit", problems), problems).value_or(Check());
    } else if (const YamlNode *part = fields.find(u"part")) {
        observation.kind = Kind::Part;
        observation.unit = QStringLiteral("ms");
        observation.place = readTime(*part, problems).value_or(AnswerPlace());
        if (fields.has(u"expected"))
            observation.expectedShare = fields.percent(u"expected");
    } else if (const YamlNode *value = fields.find(u"value")) {
        observation.kind = Kind::Value;
        observation.unit = fields.text(u"unit");
        observation.place = readPlace(*value, problems).value_or(AnswerPlace());
        if (const YamlNode *unit = fields.find(u"unit"))
            checkName(observation.unit, unit->range, problems);
    }
    return observation;
}

} // namespace

std::optional<AnswerPlace> readServerTime(const FieldReader &target, Problems &problems)
{
    const YamlNode *node = target.find(u"server_time");
    return node ? readTime(*node, problems) : std::nullopt;
}

std::vector<Scenario::Observation> readObservations(const FieldReader &root,
                                                    const std::optional<AnswerPlace> &serverTime, Problems &problems)
{
    std::vector<Scenario::Observation> observations;
    if (serverTime) {
        Scenario::Observation observation;
        observation.name = kServerTimeName;
        observation.kind = Kind::ServerTime;
        observation.place = *serverTime;
        observation.unit = QStringLiteral("ms");
        observation.range = Problems::shownPlace(root.object(u"target").find(u"server_time")->range);
        observations.push_back(std::move(observation));
    }
    const YamlNode *named = root.find(u"observe");
    if (!named)
        return observations;
    const SchemaNode &schema = schemaTree().child(u"observe")->item();
    for (const YamlNode::Entry &entry : named->entries) {
        checkPlainName(entry, problems);
        if (entry.key == kServerTimeName)
            problems.error(entry.keyRange,
                           QStringLiteral("'server_time' is what the server takes in all; write target.server_time for "
                                          "it, or choose another name"));
        Scenario::Observation observation = readOne({&entry.value, schema, root.scope()}, problems);
        observation.name = entry.key;
        observation.range = Problems::shownPlace({entry.keyRange.start, entry.value.range.end});
        observations.push_back(std::move(observation));
    }
    return observations;
}

} // namespace Headroom
