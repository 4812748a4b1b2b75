// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/targetquery.h"

#include <QSet>

namespace Headroom {

namespace {

QString decoded(const QString &text) { return QUrl::fromPercentEncoding(text.toUtf8()); }

QSet<QString> namesIn(const QString &query)
{
    QSet<QString> names;
    for (const QString &pair : query.split(u'&', Qt::SkipEmptyParts))
        names.insert(decoded(pair.section(u'=', 0, 0)));
    return names;
}

} // namespace

TextTemplate withTargetQuery(const TextTemplate &path, const Scenario::Target &target)
{
    if (target.query.empty())
        return path;
    const QString sample = path.with(u"0").section(u'#', 0, 0);
    bool hasQuery = sample.contains(u'?');
    const QSet<QString> own = namesIn(sample.section(u'?', 1));
    TextTemplate whole = path;
    for (const auto &[name, value] : target.query) {
        if (own.contains(decoded(name)))
            continue;
        whole.append((hasQuery ? QStringLiteral("&") : QStringLiteral("?")) + name + u'=');
        whole.append(value);
        hasQuery = true;
    }
    return whole;
}

} // namespace Headroom
