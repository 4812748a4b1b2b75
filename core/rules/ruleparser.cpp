// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/ruleparser.h"

#include "core/rules/rulebound.h"
#include "core/rules/rulebrackets.h"
#include "core/rules/rulequalifiers.h"
#include "core/rules/rulescanner.h"

#include <array>

namespace Headroom {

namespace {

using Selects = MetricWord::Selects;
using BoundKind = MetricWord::BoundKind;
using Comparison = Rule::Comparison;

constexpr std::array kComparisons{
    std::pair{QLatin1String("<"), Comparison::Less},    std::pair{QLatin1String("<="), Comparison::LessOrEqual},
    std::pair{QLatin1String(">"), Comparison::Greater}, std::pair{QLatin1String(">="), Comparison::GreaterOrEqual},
    std::pair{QLatin1String("=="), Comparison::Equal},  std::pair{QLatin1String("between"), Comparison::Between},
};

/// 0 has no unit of its own: "between 0 and 1 MB/min".
void takeUnitOfOther(RuleBound &one, RuleBound &other)
{
    const auto isZero = [](const RuleBound &bound) { return bound.value == 0.0 && bound.unit == Rule::Unit::Number; };
    if (isZero(one))
        one.unit = other.unit;
    else if (isZero(other))
        other.unit = one.unit;
}

/// Reads one rule from front to back; every step stops at the first problem.
class RuleReader
{
public:
    explicit RuleReader(const QString &text)
        : m_text(text)
        , m_scanner(text)
    {
        m_rule.text = text.trimmed();
    }

    std::expected<Rule, RuleProblem> read()
    {
        if (readMetric() && readSelector() && readComparison() && readQualifiers())
            return m_rule;
        return std::unexpected(m_problem);
    }

private:
    bool readMetric();
    bool readSelector();
    bool readComparison();
    bool readBounds();
    bool readOneBound(const RulePiece &piece, RuleBound &into);
    bool readQualifiers();
    bool fail(const RulePiece &where, const QString &message);

    const QString &m_text;
    RuleScanner m_scanner;
    RulePiece m_name;
    MetricWord m_word;
    Rule m_rule;
    RuleProblem m_problem;
};

bool RuleReader::fail(const RulePiece &where, const QString &message)
{
    m_problem = {where.position, std::max<qsizetype>(1, where.text.size()), message};
    return false;
}

bool RuleReader::readMetric()
{
    m_name = m_scanner.takeName();
    if (m_name.text.isEmpty())
        return fail(m_name, QStringLiteral("a rule begins with a metric, as in p95 < 900 ms"));
    QString name = m_name.text.toString();
    m_rule.isServiceTime = name.startsWith(QLatin1String("service."));
    if (m_rule.isServiceTime)
        name.remove(0, qsizetype(qstrlen("service.")));
    const auto word = metricWord(name);
    if (!word)
        return fail(m_name, word.error());
    if (m_rule.isServiceTime && !isLatency(word->metric)) {
        return fail(m_name,
                    QStringLiteral("'service.' stands only before percentiles, min, max and mean; leave it out"));
    }
    m_word = *word;
    m_rule.metric = word->metric;
    m_rule.quantile = word->quantile;
    return true;
}

bool RuleReader::readSelector()
{
    const auto problem = readBrackets(m_scanner, m_name, m_word, m_rule);
    if (problem)
        m_problem = *problem;
    return !problem;
}

bool RuleReader::readComparison()
{
    if (m_rule.metric == Rule::Metric::Drained) { // it holds or does not
        m_rule.comparison = Comparison::Equal;
        m_rule.unit = Rule::Unit::Number;
        m_rule.bound = 1.0;
        return true;
    }
    const RulePiece sign = m_scanner.takeComparison();
    for (const auto &[text, comparison] : kComparisons) {
        if (sign.text == text) {
            m_rule.comparison = comparison;
            return readBounds();
        }
    }
    return fail(sign, QStringLiteral("a comparison is missing; write <, <=, >, >=, == or between"));
}

bool RuleReader::readBounds()
{
    RuleBound bound;
    RuleBound upper;
    if (m_rule.comparison == Comparison::Between) {
        const RulePiece first = m_scanner.takeUntil({u"and"});
        const RulePiece word = m_scanner.takeWord();
        if (word.text.isEmpty())
            return fail(first, QStringLiteral("'between' takes two bounds, as in between 10 ms and 20 ms"));
        const RulePiece second = takeUntilQualifier(m_scanner);
        if (!readOneBound(first, bound) || !readOneBound(second, upper))
            return false;
        if (m_word.bound == BoundKind::PerMinute)
            takeUnitOfOther(bound, upper);
        if (bound.unit != upper.unit || bound.isOfMachine != upper.isOfMachine)
            return fail(second, QStringLiteral("both bounds need the same unit"));
        if (bound.value > upper.value)
            return fail(first, QStringLiteral("the lower bound comes first"));
    } else if (!readOneBound(takeUntilQualifier(m_scanner), bound)) {
        return false;
    }
    m_rule.bound = bound.value;
    m_rule.upperBound = upper.value;
    m_rule.unit = bound.unit;
    m_rule.isOfMachine = bound.isOfMachine;
    // A bound that is no duration settles that max(queue) means a series.
    if (m_word.selects == Selects::StepsOrSeries && bound.unit != Rule::Unit::Duration)
        m_rule.metric = probeMetricOf(m_rule.metric);
    return true;
}

bool RuleReader::readOneBound(const RulePiece &piece, RuleBound &into)
{
    if (piece.text.isEmpty())
        return fail({{}, m_scanner.position()}, QStringLiteral("a bound is missing behind the comparison"));
    const bool canBeSeries =
        m_word.selects == Selects::StepsOrSeries && !m_rule.selector.isEmpty() && !m_rule.isServiceTime;
    auto bound = readBound(piece.text, m_word.bound);
    if (!bound && canBeSeries)
        bound = readBound(piece.text, BoundKind::Series);
    if (!bound)
        return fail(piece, bound.error());
    into = *bound;
    return true;
}

bool RuleReader::readQualifiers()
{
    if (const auto problem = Headroom::readQualifiers(m_scanner, m_rule)) {
        m_problem = *problem;
        return false;
    }
    const QString contradiction = contradictionIn(m_rule, m_name.text);
    return contradiction.isEmpty() || fail(m_name, contradiction);
}

} // namespace

std::expected<Rule, RuleProblem> parseRule(const QString &text)
{
    constexpr qsizetype kLongest = 1000;
    if (text.size() > kLongest) {
        return std::unexpected(
            RuleProblem{kLongest, text.size() - kLongest, QStringLiteral("a rule has at most 1,000 characters")});
    }
    return RuleReader(text).read();
}

Rule implicitAchievedRule()
{
    Rule rule = *parseRule(QStringLiteral("achieved >= 99 %"));
    rule.isImplicit = true;
    return rule;
}

} // namespace Headroom
