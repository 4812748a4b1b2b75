// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulebrackets.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/base/suggestion.h"
#include "core/rules/networkrule.h"
#include "core/rules/observationrule.h"
#include "core/rules/resourcename.h"
#include "core/stats/failurekind.h"

namespace Headroom {

namespace {

using Selects = MetricWord::Selects;
using Problem = std::optional<RuleProblem>;
using Pieces = std::vector<RulePiece>;

/// Whether share() can count it: a status, a class of statuses or a failure kind.
bool isCode(QStringView text)
{
    if (text.size() != 3 || text[0] < u'1' || text[0] > u'5')
        return failureKindFromName(text).value_or(FailureKind::None) != FailureKind::None;
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    return text.sliced(1) == u"xx" || (isDigit(text[1]) && isDigit(text[2]));
}

QStringList failureKindNames()
{
    QStringList names;
    for (std::size_t i = 1; i < kFailureKindCount; ++i)
        names += failureKindName(FailureKind(i));
    return names;
}

/// share(CODE), or share(STEP, CODE).
Problem readCode(const RulePiece &name, const Pieces &parts, Rule &rule)
{
    if (parts.empty() || parts.size() > 2)
        return problemAt(name, QStringLiteral("'share' needs what to count, as in share(429) or share(retrieve, 5xx)"));
    const RulePiece &code = parts.back();
    if (!isCode(code.text)) {
        const QString near = didYouMean(code.text.toString(), failureKindNames());
        return problemAt(code,
                         QStringLiteral("%1 is not a status, a class like 4xx or a kind of failure%2")
                             .arg(formatQuoted(code.text), near));
    }
    rule.argument = code.text.toString();
    if (parts.size() == 2)
        rule.selector = parts.front().text.toString();
    return std::nullopt;
}

/// sustained(LENGTH), or sustained(STEP, LENGTH).
Problem readStretch(const RulePiece &name, const Pieces &parts, Rule &rule)
{
    constexpr Nanoseconds kLongest = 24h;
    if (parts.empty() || parts.size() > 2)
        return problemAt(
            name, QStringLiteral("'sustained' needs a length, as in sustained(60 s) or sustained(retrieve, 60 s)"));
    const auto length = parseDuration(parts.back().text);
    if (!length)
        return problemAt(parts.back(), length.error().message);
    if (*length < 1s || *length > kLongest || *length % Nanoseconds(1s) != 0ns)
        return problemAt(parts.back(), QStringLiteral("the length is whole seconds, from 1 s to 1 d"));
    rule.length = *length;
    if (parts.size() == 2)
        rule.selector = parts.front().text.toString();
    return std::nullopt;
}

Problem readUsers(const RulePiece &name, const Pieces &parts)
{
    if (parts.size() == 1 && parts.front().text == u"users")
        return std::nullopt;
    return problemAt(parts.empty() ? name : parts.front(), QStringLiteral("'reached' takes users: reached(users)"));
}

/// What recovery() waits for: a metric with its own brackets, as "p95(retrieve)".
Problem readRecovering(const RulePiece &piece, Rule &rule)
{
    RuleScanner scanner(piece.text);
    const RulePiece name = scanner.takeName();
    QString word = name.text.toString();
    rule.isServiceTime = word.startsWith(QLatin1String("service."));
    if (rule.isServiceTime)
        word.remove(0, qsizetype(qstrlen("service.")));
    const auto metric = metricWord(word);
    using enum Rule::Metric;
    const bool canRecover = metric
        && (metric->metric == Quantile || metric->metric == Mean || metric->metric == Max
            || (!rule.isServiceTime && (metric->metric == Errors || metric->metric == Rejected)));
    const auto parts = scanner.takeBrackets();
    const bool isSelected = !parts || (parts->size() == 1 && !parts->front().text.isEmpty());
    if (!canRecover || !isSelected || !scanner.isAtEnd())
        return problemAt(piece,
                         QStringLiteral("%1 cannot recover; write a percentile, mean, max, errors or rejected, with a "
                                        "step in brackets or without")
                             .arg(formatQuoted(piece.text)));
    rule.recovers = metric->metric;
    rule.quantile = metric->quantile;
    if (parts)
        rule.selector = parts->front().text.toString();
    return std::nullopt;
}

Problem readStage(const RulePiece &name, const Pieces &parts, Rule &rule)
{
    if (parts.size() != 2)
        return problemAt(name, QStringLiteral("'recovery' needs a metric and a stage, as in recovery(p95, burst)"));
    rule.argument = parts.back().text.toString();
    return readRecovering(parts.front(), rule);
}

Problem readResource(const RulePiece &name, const Pieces &parts, MetricWord &word, Rule &rule)
{
    const auto resource = parts.empty() ? std::nullopt : resourceNamed(parts.front().text);
    if (!resource || parts.size() > 2)
        return problemAt(parts.empty() ? name : parts.front(),
                         QStringLiteral("'cost' is of %1, as in cost(cpu) or cost(memory, api)").arg(resourceNames()));
    rule.resource = *resource;
    word.bound = *resource == Rule::Resource::Processor ? MetricWord::BoundKind::Duration : MetricWord::BoundKind::Bytes;
    if (parts.size() == 2 && !isOfProbe(*resource))
        return problemAt(parts.back(),
                         QStringLiteral("'cost(%1)' is of the requests themselves; leave the name out").arg(parts.front().text));
    if (parts.size() == 2)
        rule.selector = parts.back().text.toString();
    return std::nullopt;
}

/// A step or a series, or none.
Problem readName(const RulePiece &name, const RulePiece &bracket, const std::optional<Pieces> &parts, Selects selects,
                 Rule &rule)
{
    if (!parts && selects == Selects::Series)
        return problemAt(name, QStringLiteral("'%1' needs a probe's series, as in %1(api.rss)").arg(name.text));
    if (!parts)
        return std::nullopt;
    if (selects == Selects::Nothing)
        return problemAt(bracket, QStringLiteral("'%1' is of the whole run; leave the brackets out").arg(name.text));
    if (parts->size() > 1)
        return problemAt(parts->at(1), QStringLiteral("'%1' takes one name in its brackets").arg(name.text));
    rule.selector = parts->front().text.toString();
    return std::nullopt;
}

} // namespace

std::optional<RuleProblem> readBrackets(RuleScanner &scanner, const RulePiece &name, MetricWord &word, Rule &rule)
{
    const bool hasBracket = scanner.isOpenBracket();
    const RulePiece bracket{u"(", scanner.position()};
    const auto written = scanner.takeBrackets();
    if (hasBracket && !written)
        return problemAt(bracket, QStringLiteral("the bracket is not closed; write ) behind the name"));
    const Pieces parts = written.value_or(Pieces());
    for (const RulePiece &part : parts) {
        if (part.text.isEmpty())
            return problemAt(part, QStringLiteral("a name is missing in the brackets"));
    }
    switch (word.selects) {
    case Selects::Observation:
        return readObserved(name, parts, rule);
    case Selects::Code:
        return readCode(name, parts, rule);
    case Selects::Stretch:
        return readStretch(name, parts, rule);
    case Selects::Users:
        return readUsers(name, parts);
    case Selects::Stage:
        return readStage(name, parts, rule);
    case Selects::Resource:
        return readResource(name, parts, word, rule);
    case Selects::Function:
        return readNetworkTime(name, parts, rule);
    case Selects::Nothing:
    case Selects::Steps:
    case Selects::Series:
    case Selects::StepsOrSeries:
        return readName(name, bracket, written, word.selects, rule);
    }
    Q_UNREACHABLE_RETURN(std::nullopt);
}

} // namespace Headroom
