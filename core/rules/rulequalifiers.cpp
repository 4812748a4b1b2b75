// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/rulequalifiers.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/rules/rulemetric.h"

namespace Headroom {

namespace {

using Problem = std::optional<RuleProblem>;

Problem twice(const RulePiece &word)
{
    return problemAt(word, QStringLiteral("'%1' stands here twice").arg(word.text));
}

Problem readStage(const RulePiece &word, RuleScanner &scanner, QString &into)
{
    if (!into.isEmpty())
        return twice(word);
    into = takeUntilQualifier(scanner).text.toString();
    if (into.isEmpty())
        return problemAt(word, QStringLiteral("'during' needs the name of a stage, as in during burst"));
    return std::nullopt;
}

Problem readTime(const RulePiece &word, RuleScanner &scanner, std::optional<Nanoseconds> &into)
{
    if (into)
        return twice(word);
    const RulePiece piece = takeUntilQualifier(scanner);
    if (piece.text.isEmpty())
        return problemAt(word, QStringLiteral("'%1' needs a duration, as in %1 10 s").arg(word.text));
    const auto time = parseDuration(piece.text);
    if (!time)
        return problemAt(piece, time.error().message);
    into = *time;
    return std::nullopt;
}

Problem readWeight(const RulePiece &word, RuleScanner &scanner, double &into)
{
    constexpr double kMost = 1e6; // sums of weights stay finite
    const RulePiece piece = takeUntilQualifier(scanner);
    const auto weight = parseNumber(piece.text);
    if (!weight || *weight <= 0.0 || *weight > kMost)
        return problemAt(piece.text.isEmpty() ? word : piece,
                         QStringLiteral("'weight' needs a number above 0, up to 1,000,000"));
    into = *weight;
    return std::nullopt;
}

Problem readFlag(const RulePiece &word, bool &into) { return std::exchange(into, true) ? twice(word) : std::nullopt; }

Problem readQualifier(const RulePiece &word, RuleScanner &scanner, Rule &rule)
{
    if (word.text == u"during")
        return readStage(word, scanner, rule.during);
    if (word.text == u"from")
        return readTime(word, scanner, rule.from);
    if (word.text == u"for")
        return readTime(word, scanner, rule.forLength);
    if (word.text == u"weight")
        return readWeight(word, scanner, rule.weight);
    if (word.text == u"stop")
        return readFlag(word, rule.isStop);
    if (word.text == u"surely")
        return readFlag(word, rule.isSurely);
    return problemAt(word,
                     QStringLiteral("%1 cannot stand here; write during, from, for, stop, surely or weight")
                         .arg(formatQuoted(word.text)));
}

} // namespace

RulePiece takeUntilQualifier(RuleScanner &scanner)
{
    return scanner.takeUntil({u"during", u"from", u"for", u"stop", u"surely", u"weight"});
}

std::optional<RuleProblem> readQualifiers(RuleScanner &scanner, Rule &rule)
{
    bool hasWeight = false;
    while (!scanner.isAtEnd()) {
        const RulePiece word = scanner.takeWord();
        if (word.text == u"weight" && std::exchange(hasWeight, true))
            return twice(word);
        if (const auto problem = readQualifier(word, scanner, rule))
            return problem;
    }
    return std::nullopt;
}

QString contradictionIn(const Rule &rule, QStringView metricName)
{
    using enum Rule::Metric;
    const bool isUpper = rule.comparison == Rule::Comparison::Less || rule.comparison == Rule::Comparison::LessOrEqual;
    const bool onlyGrows = rule.metric == Count || rule.metric == BytesIn || rule.metric == BytesOut || rule.metric == Reached
        || rule.metric == Opened;
    const bool hasNoSecond = rule.metric == ProbeGrowth || isPerMinute(rule.metric) || rule.metric == Sustained || rule.metric == Recovery;
    if (rule.forLength && *rule.forLength < 1s)
        return QStringLiteral("'for' needs at least 1 s: every second is judged alone");
    if (rule.forLength && hasNoSecond)
        return QStringLiteral("'for' cannot stand with %1, which has no value in a single second").arg(metricName);
    if (rule.metric == Recovery && !rule.during.isEmpty())
        return QStringLiteral("'during' cannot stand with recovery, which names its stage; leave it out");
    if (rule.isSurely && !hasInterval(rule.metric))
        return QStringLiteral("'surely' needs a percentile of requests, a share or a slope; leave it out");
    if (rule.isSurely && rule.comparison == Rule::Comparison::Equal)
        return QStringLiteral("'surely' cannot stand with ==; write a bound");
    if (rule.metric == Headroom && (rule.forLength || rule.from || rule.isStop || !rule.during.isEmpty()))
        return QStringLiteral("headroom is known when the search is over; leave the words behind its bound out");
    const bool isOfTarget = rule.metric == Drained || rule.metric == TimeToReady;
    if (isOfTarget && (rule.forLength || rule.from || rule.isStop || !rule.during.isEmpty()))
        return QStringLiteral("%1 is of the whole run; leave the words behind it out, except weight").arg(metricName);
    if (rule.isStop && onlyGrows && !isUpper && !rule.forLength)
        return QStringLiteral("'stop' would end the run at once: %1 begins at 0 and only grows").arg(metricName);
    return {};
}

} // namespace Headroom
