// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/targetreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/answersreader.h"
#include "core/scenario/connectionreader.h"
#include "core/scenario/httptext.h"
#include "core/scenario/linereader.h"
#include "core/scenario/observationreader.h"
#include "core/scenario/practicereader.h"
#include "core/scenario/templatereader.h"

#include <QHash>

namespace Headroom {

namespace {

QUrl readAddress(const FieldReader &fields, Problems &problems)
{
    const YamlNode *node = fields.find(u"url");
    const auto text = node && node->isScalar() ? TemplateReader(fields, u"url", problems).read(*node, TextPlace::Plain)
                                               : std::nullopt;
    if (!text)
        return {};
    if (const QString problem = addressProblem(text->constant()); !problem.isEmpty())
        problems.error(node->range, problem);
    return QUrl(text->constant(), QUrl::StrictMode);
}

/// What is wrong with a path or an address, with 0 for what varies in it.
QString templateProblem(const TextTemplate &location)
{
    const QString text = location.with(u"0");
    if (location.isConstant())
        return locationProblem(text);
    const qsizetype host = text.startsWith(u'/') ? 0 : text.indexOf(QLatin1String("://")) + 3;
    if (!location.pieces().front().text.sliced(std::min(host, location.pieces().front().text.size())).contains(u'/'))
        return QStringLiteral("the scheme and the host of an address are the same for all; templates other than vars may "
                              "only stand behind them");
    return locationProblem(text).replace(formatQuoted(text), formatQuoted(location.written()));
}

/// Names as they go out, and values.
std::vector<std::pair<QString, TextTemplate>> readQuery(const FieldReader &fields, Problems &problems)
{
    std::vector<std::pair<QString, TextTemplate>> query;
    const YamlNode *written = fields.find(u"query");
    const TemplateReader reader(fields, u"query", problems);
    for (const YamlNode::Entry &entry : written ? written->entries : std::vector<YamlNode::Entry>())
        query.emplace_back(ownText(TextPlace::Query, entry.key),
                           reader.read(entry.value, TextPlace::Query).value_or(TextTemplate()));
    return query;
}

Scenario::Timeouts readTimeouts(const FieldReader &fields)
{
    return {.connect = fields.duration(u"connect"),
            .firstByte = fields.duration(u"first_byte"),
            .total = fields.duration(u"total")};
}

} // namespace

Scenario::Target readTarget(const FieldReader &fields, Problems &problems)
{
    Scenario::Target target;
    target.range = Problems::shownPlace(fields.range());
    target.url = readAddress(fields, problems);
    if (fields.has(u"practice"))
        target.practice = readPractice(fields.object(u"practice"), problems);
    if (fields.has(u"start"))
        target.start = readStart(fields.object(u"start"), problems);
    if (fields.has(u"lines"))
        target.lines = readLinesTarget(fields, problems);
    target.transport = fields.text(u"transport");
    readConnections(fields, target, problems);
    target.headers = readHeaders(fields, problems);
    target.query = readQuery(fields, problems);
    target.keepsCookies = fields.boolean(u"cookies");
    target.serverTime = readServerTime(fields, problems);
    target.identity = readIdentity(fields, problems);
    target.timeout = readTimeouts(fields.object(u"timeout"));
    if (const FieldReader ready = fields.object(u"ready"); fields.has(u"ready"))
        target.ready = {readLocation(ready, u"url", problems).constant(), ready.duration(u"within")};
    return target;
}

std::vector<Scenario::Header> readHeaders(const FieldReader &fields, Problems &problems)
{
    std::vector<Scenario::Header> headers;
    const YamlNode *mapping = fields.find(u"headers");
    if (!mapping)
        return headers;
    const TemplateReader reader(fields, u"headers", problems);
    QHash<QString, TextRange> seen; // names are the same in any case
    for (const YamlNode::Entry &entry : mapping->entries) {
        if (const QString problem = headerNameProblem(entry.key); !problem.isEmpty())
            problems.error(entry.keyRange, problem);
        const TextTemplate value = reader.read(entry.value, TextPlace::Header).value_or(TextTemplate());
        if (const QString problem = headerValueProblem(value.with(u"0")); !problem.isEmpty())
            problems.error(entry.value.range, problem);
        if (const auto first = seen.constFind(entry.key.toLower()); first != seen.constEnd()) {
            problems.error(entry.keyRange,
                           QStringLiteral("header %1 is written twice; the first is in %2")
                               .arg(formatQuoted(entry.key), Problems::placeWords(*first)));
        }
        seen.insert(entry.key.toLower(), entry.keyRange);
        headers.emplace_back(entry.key, value);
    }
    return headers;
}

TextTemplate readLocation(const FieldReader &fields, QStringView name, Problems &problems)
{
    const YamlNode *node = fields.find(name);
    return node ? readLocation(*node, fields, name, problems) : TextTemplate();
}

TextTemplate readLocation(const YamlNode &node, const FieldReader &fields, QStringView name, Problems &problems)
{
    const auto location =
        node.isScalar() ? TemplateReader(fields, name, problems).read(node, TextPlace::Path) : std::nullopt;
    if (!location)
        return {};
    if (const QString problem = templateProblem(*location); !problem.isEmpty())
        problems.error(node.range, problem);
    return *location;
}

} // namespace Headroom
