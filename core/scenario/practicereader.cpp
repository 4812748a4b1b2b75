// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/practicereader.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

/// Fields that are options of the same name with - for _, and whose values it takes as they are written.
constexpr QStringView kPlain[] = {u"cache_hits",  u"cache_entries", u"cache_ttl",    u"cache_time",
                                  u"timing",      u"cpu_time",      u"leak_bytes",   u"ready_after",
                                  u"until_ready", u"drain",         u"drain_within", u"degraded_time"};

QString optionOf(QStringView name) { return QStringLiteral("--") + name.toString().replace(u'_', u'-'); }

/// "db=60%,render=30%"
QString partsIn(const YamlNode &written, Problems &problems)
{
    static const QRegularExpression token(QStringLiteral("\\A[A-Za-z0-9_-]{1,40}\\z"));
    static const QStringList kTaken{QStringLiteral("total"), QStringLiteral("queue"), QStringLiteral("work"),
                                    QStringLiteral("cache")};
    QStringList parts;
    double sum = 0.0;
    for (const YamlNode::Entry &part : written.entries) {
        const auto share = parsePercent(part.value.text);
        if (!token.match(part.key).hasMatch() || kTaken.contains(part.key))
            problems.error(
                part.keyRange,
                QStringLiteral("%1 cannot be the name of a part; use letters, digits, '_' and '-', and none of %2")
                    .arg(formatQuoted(part.key), kTaken.join(QLatin1String(", "))));
        if (!share || *share < 0.0)
            problems.error(
                part.value.range,
                QStringLiteral("%1 is not a share; write one such as 60 %").arg(formatQuoted(part.value.text)));
        sum += share.value_or(0.0);
        parts.append(part.key + u'=' + part.value.text);
    }
    constexpr double kRounding = 1e-9;
    constexpr qsizetype kMostParts = 20; // as headroom-target has it
    if (sum > 1.0 + kRounding || parts.size() > kMostParts)
        problems.error(
            written.range,
            QStringLiteral("the parts are at most 20 and at most 100 % together; make them smaller or fewer"));
    return parts.join(u',');
}

/// "3 s@10 s, 1 s@20 s"
QString freezesIn(const std::vector<FieldReader> &items)
{
    QStringList freezes;
    for (const FieldReader &item : items)
        freezes.append(item.text(u"for") + u'@' + item.text(u"at"));
    return freezes.join(u',');
}

} // namespace

Scenario::Practice readPractice(const FieldReader &fields, Problems &problems)
{
    Scenario::Practice practice{.workers = int(fields.whole(u"workers")),
                                .queue = int(fields.whole(u"queue")),
                                .serviceTime = fields.text(u"service_time"),
                                .drainWithin = fields.duration(u"drain_within")};
    for (const QStringView name : kPlain) {
        if (fields.has(name))
            practice.others << optionOf(name) << fields.text(name);
    }
    if (const YamlNode *parts = fields.find(u"parts"))
        practice.others << QStringLiteral("--parts") << partsIn(*parts, problems);
    if (fields.has(u"freeze"))
        practice.others << QStringLiteral("--freeze") << freezesIn(fields.items(u"freeze"));
    return practice;
}

} // namespace Headroom
