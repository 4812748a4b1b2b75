// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/marktext.h"

#include "core/metrics/healthflip.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

constexpr QLatin1StringView kTargetWas("the target was "); // ready after 512 ms

/// "steady" of "stage 'steady' begins": what there is room for.
QString stageName(const QString &text)
{
    const qsizetype first = text.indexOf(QLatin1Char('\''));
    const qsizetype last = text.lastIndexOf(QLatin1Char('\''));
    return first >= 0 && last > first + 1 ? text.mid(first + 1, last - first - 1) : text;
}

/// "80/s" of "rate set to 80/s by hand (planned 60/s)": many changes stand close to each other.
QString changeName(const QString &text)
{
    static const QRegularExpression kSet(QStringLiteral("^(?:rate|users) set to (.+) by hand"));
    if (const auto set = kSet.match(text); set.hasMatch())
        return set.captured(1);
    static const QRegularExpression kTail(QStringLiteral("( by hand| after | at |,).*$"));
    return QString(text).remove(kTail);
}

/// "225/s" of "probe 3 tries 225/s", "broke" of "probe 3 at 225/s broke p95 < 50 ms (61 ms); bracket ...".
QString probeName(const QString &text)
{
    static const QRegularExpression kProbe(QStringLiteral("^probe \\d+ (?:tries (.+)|(confirms .+)|at \\S+ (held|broke)|(?:.*)(late))"));
    const auto probe = kProbe.match(text);
    if (!probe.hasMatch())
        return text.startsWith(QLatin1String("nothing")) ? QStringLiteral("recovery") : text;
    return probe.captured(1) + probe.captured(2) + probe.captured(3) + probe.captured(4);
}

} // namespace

QString markText(const RunEvent &event)
{
    if (event.kind == QLatin1String("stage"))
        return stageName(event.text);
    if (event.kind == QLatin1String("batch"))
        return event.text.section(QLatin1String(" of "), 0, 0);
    if (event.kind == QLatin1String("action"))
        return event.text.section(QLatin1String(": "), 0, 0);
    if (const auto flip = healthFlipOf(event))
        return flip->tier + (flip->isUp ? QLatin1String(" up") : QLatin1String(" down"));
    if (event.kind == QLatin1String("profile"))
        return event.kind;
    if (event.kind == QLatin1String("search"))
        return probeName(event.text);
    if (event.kind == QLatin1String("note") && event.text.startsWith(kTargetWas))
        return event.text.sliced(kTargetWas.size());
    const bool isByHand = event.kind == QLatin1String("steer") || event.kind == QLatin1String("rule");
    return isByHand ? changeName(event.text) : event.text;
}

} // namespace Headroom
