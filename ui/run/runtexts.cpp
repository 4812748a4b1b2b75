// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runtexts.h"

#include "core/base/humanformat.h"
#include "core/report/terminaltext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Headroom {

namespace {

constexpr int kShownColumns = 500; // more than any screen has

/// The context of what is translated here.
struct RunTexts
{
    Q_DECLARE_TR_FUNCTIONS(RunTexts)
};

QString cleanedParts(const QString &text, QChar separator, QString (*clean)(const QString &))
{
    QStringList parts = text.split(separator);
    for (QString &part : parts)
        part = clean(part);
    return parts.join(separator);
}

QString cleanedLine(const QString &line) { return cleanedParts(line, QLatin1Char('\t'), cleaned); }

QString comparisonSign(Rule::Comparison comparison)
{
    switch (comparison) {
    case Rule::Comparison::Less:
        return QStringLiteral("<");
    case Rule::Comparison::LessOrEqual:
        return QStringLiteral("≤");
    case Rule::Comparison::Greater:
        return QStringLiteral(">");
    case Rule::Comparison::GreaterOrEqual:
        return QStringLiteral("≥");
    case Rule::Comparison::Equal:
    case Rule::Comparison::Between:
        break;
    }
    return QStringLiteral("=");
}

} // namespace

QString noValue() { return QStringLiteral("–"); }

QString timeText(std::optional<double> milliseconds)
{
    return milliseconds ? formatRuleValue(*milliseconds, Rule::Unit::Duration) : noValue();
}

QString countWithShare(std::uint64_t part, std::uint64_t of)
{
    const QString count = formatCount(part);
    return part == 0 || of == 0 ? count : QStringLiteral("%1 (%2)").arg(count, formatShare(double(part) / double(of)));
}

QString foreignText(const QString &text) { return shortened(cleaned(text), kShownColumns); }

QString foreignLines(const QString &text)
{
    QString unified = text;
    unified.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    return cleanedParts(unified, QLatin1Char('\n'), cleanedLine);
}

QString standingText(RuleResult::Standing standing)
{
    switch (standing) {
    case RuleResult::Standing::Met:
        return RunTexts::tr("✓ met");
    case RuleResult::Standing::NotMet:
        return RunTexts::tr("✗ not met");
    case RuleResult::Standing::Undecided:
        return RunTexts::tr("? undecided");
    case RuleResult::Standing::NotRun:
        break;
    }
    return RunTexts::tr("– not run");
}

QColor standingColor(RuleResult::Standing standing, const Theme &theme)
{
    switch (standing) {
    case RuleResult::Standing::Met:
        return theme.good;
    case RuleResult::Standing::NotMet:
        return theme.bad;
    case RuleResult::Standing::Undecided:
        return theme.warning;
    case RuleResult::Standing::NotRun:
        break;
    }
    return theme.faintText;
}

QString boundText(const Rule &rule)
{
    const QString bound = formatRuleValue(rule.bound, rule);
    if (rule.comparison == Rule::Comparison::Between)
        return RunTexts::tr("%1 to %2").arg(bound, formatRuleValue(rule.upperBound, rule));
    return comparisonSign(rule.comparison) + QLatin1Char(' ') + bound;
}

QString intervalText(const RuleResult &result)
{
    const auto text = [&](double value) { return formatRuleValue(value, result.rule); };
    if (result.low && result.high)
        return RunTexts::tr("%1 to %2").arg(text(*result.low), text(*result.high));
    if (result.low)
        return RunTexts::tr("from %1").arg(text(*result.low));
    return result.high ? RunTexts::tr("up to %1").arg(text(*result.high)) : noValue();
}

} // namespace Headroom
