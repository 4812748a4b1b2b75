// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/targetreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/httptext.h"

#include <QHash>

namespace Headroom {

namespace {

QUrl readAddress(const FieldReader &fields, Problems &problems)
{
    const YamlNode *node = fields.find(u"url");
    if (!node || !node->isScalar() || hasTemplate(node->text))
        return {};
    if (const QString problem = addressProblem(node->text); !problem.isEmpty())
        problems.error(node->range, problem);
    return QUrl(node->text, QUrl::StrictMode);
}

Scenario::Practice readPractice(const FieldReader &fields)
{
    return {.workers = int(fields.whole(u"workers")),
            .queue = int(fields.whole(u"queue")),
            .serviceTime = fields.text(u"service_time")};
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
        target.practice = readPractice(fields.object(u"practice"));
    target.transport = fields.text(u"transport");
    if (target.transport == u"direct")
        problems.error(fields.find(u"transport")->range, QStringLiteral("transport direct is not built yet; use qnam"));
    target.headers = readHeaders(fields, problems);
    target.timeout = readTimeouts(fields.object(u"timeout"));
    if (const FieldReader ready = fields.object(u"ready"); fields.has(u"ready"))
        target.ready = {readLocation(ready, u"url", problems), ready.duration(u"within")};
    return target;
}

std::vector<Scenario::Header> readHeaders(const FieldReader &fields, Problems &problems)
{
    std::vector<Scenario::Header> headers;
    const YamlNode *mapping = fields.find(u"headers");
    if (!mapping)
        return headers;
    QHash<QString, TextRange> seen; // names are the same in any case
    for (const YamlNode::Entry &entry : mapping->entries) {
        if (const QString problem = headerNameProblem(entry.key); !problem.isEmpty())
            problems.error(entry.keyRange, problem);
        if (const QString problem = headerValueProblem(entry.value.text); !problem.isEmpty())
            problems.error(entry.value.range, problem);
        if (const auto first = seen.constFind(entry.key.toLower()); first != seen.constEnd()) {
            problems.error(entry.keyRange,
                           QStringLiteral("header %1 is written twice; the first is in %2")
                               .arg(formatQuoted(entry.key), Problems::placeWords(*first)));
        }
        seen.insert(entry.key.toLower(), entry.keyRange);
        headers.emplace_back(entry.key, entry.value.text);
    }
    return headers;
}

QString readLocation(const FieldReader &fields, QStringView name, Problems &problems)
{
    const YamlNode *node = fields.find(name);
    if (!node || !node->isScalar() || hasTemplate(node->text))
        return {};
    if (const QString problem = locationProblem(node->text); !problem.isEmpty())
        problems.error(node->range, problem);
    return node->text;
}

} // namespace Headroom
