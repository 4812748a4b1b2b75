// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textsummary.h"

#include "core/base/humanformat.h"
#include "core/metrics/connectionwords.h"
#include "core/report/actiontext.h"
#include "core/report/analysistext.h"
#include "core/report/limittext.h"
#include "core/report/byhand.h"
#include "core/report/origintext.h"
#include "core/report/terminaltext.h"
#include "core/report/textbatches.h"
#include "core/report/textflows.h"
#include "core/report/textlimit.h"
#include "core/report/textmemory.h"
#include "core/report/textnetwork.h"
#include "core/report/textobjectives.h"
#include "core/report/textobservations.h"
#include "core/report/textslowest.h"
#include "core/report/texttargethealth.h"
#include "core/report/verdict.h"
#include "core/stats/confidence.h"

#include <QStringList>

#include <algorithm>
#include <ranges>

namespace Headroom {

namespace {

constexpr int kColumns = 100;
constexpr int kNameColumns = 32;
constexpr int kNumberColumns = 11; // and six of them: count, errors, p50, p95, p99, max
constexpr int kValueColumns = 14;
constexpr std::size_t kShownFailures = 5;

constexpr QLatin1String kGap("  ");

QString withShare(std::uint64_t part, std::uint64_t of)
{
    const QString count = formatCount(part);
    return part == 0 || of == 0 ? count : QStringLiteral("%1 (%2)").arg(count, formatShare(double(part) / double(of)));
}

QStringList headLines(const ReportModel &model)
{
    const RunFacts &facts = model.head.facts;
    const QString title = cleaned(facts.name) + QStringLiteral(" against ") + cleaned(facts.target);
    QStringList parts{
        facts.isOpenModel ? QStringLiteral("open model") : QStringLiteral("closed model"),
        QStringLiteral("lasted ") + formatElapsed(std::chrono::milliseconds(qint64(model.lengthSeconds * 1e3))),
        QStringLiteral("measured ")
            + formatElapsed(std::chrono::milliseconds(qint64(model.measured.lengthSeconds * 1e3)))};
    QStringList lines{shortened(title, kColumns), shortened(parts.join(QStringLiteral(", ")), kColumns)};
    lines << shortened(cleaned(QStringLiteral("requests by ") + connectionWords(facts)), kColumns);
    if (!facts.profiles.isEmpty())
        lines << shortened(cleaned(QStringLiteral("run with ") + facts.profiles.join(QStringLiteral(", "))), kColumns);
    for (const QString &origin : originTexts(model.head))
        lines << shortened(cleaned(origin), kColumns);
    if (const QString changes = changesText(model.head.overrides); !changes.isEmpty())
        lines << shortened(QStringLiteral("changed by options: ") + cleaned(changes), kColumns);
    if (const QString byHand = byHandText(model); !byHand.isEmpty())
        lines << shortened(QStringLiteral("steered by hand: ") + byHand, kColumns);
    return lines;
}

QString countsRow(const QStringList &cells)
{
    static constexpr int kWidths[] = {9, 12, 10, 12, 19, 19, 19};
    QString line = leftAligned(cells[0], kWidths[0]);
    for (qsizetype i = 1; i < cells.size(); ++i)
        line += rightAligned(cells[i], kWidths[i]);
    return line;
}

QString countsLine(const QString &name, const ReportBlock &block)
{
    const RequestCounts &counts = block.latencies.counts;
    return countsRow({name, formatCount(counts.requests), formatRate(Rate::perSecond(block.ratePerSecond())),
                      formatCount(block.iterations.completed), withShare(counts.errors, counts.requests),
                      withShare(counts.rejected, counts.requests),
                      withShare(block.iterations.dropped, block.iterations.planned)});
}

QStringList countsLines(const ReportModel &model)
{
    return {countsRow({QString(), QStringLiteral("requests"), QStringLiteral("rate"), QStringLiteral("iterations"),
                       QStringLiteral("errors"), QStringLiteral("rejected"), QStringLiteral("dropped")}),
            countsLine(QStringLiteral("total"), model.totals), countsLine(QStringLiteral("measured"), model.measured)};
}

QString timeCell(const ReportBlock &block, double quantile)
{
    const HdrHistogram &times = block.latencies[LatencyKind::Response];
    if (times.isEmpty())
        return QStringLiteral("–");
    const QString mark = !block.interval(LatencyKind::Response, quantile).high ? QStringLiteral("*") : QStringLiteral(" ");
    return formatDuration(times.valueAtQuantile(quantile)) + mark;
}

QString tableLine(const QString &name, const QStringList &cells)
{
    QString line = leftAligned(name, kNameColumns);
    for (const QString &cell : cells)
        line += rightAligned(cell, kNumberColumns);
    while (line.endsWith(QLatin1Char(' ')))
        line.chop(1);
    return line;
}

QString stepLine(const QString &name, const ReportBlock &block)
{
    const HdrHistogram &times = block.latencies[LatencyKind::Response];
    const QString longest = times.isEmpty() ? QStringLiteral("–") : formatDuration(times.max());
    return tableLine(name,
                     {formatCount(block.latencies.counts.requests), formatCount(block.latencies.counts.errors),
                      timeCell(block, 0.50), timeCell(block, 0.95), timeCell(block, 0.99), longest});
}

/// How long it took to be turned away.
QString rejectionLine(const ReportBlock &block)
{
    const HdrHistogram &times = block.latencies[LatencyKind::Rejected];
    const auto cell = [&times](double quantile) { return formatDuration(times.valueAtQuantile(quantile)) + u' '; };
    return tableLine(QStringLiteral("rejections"),
                     {formatCount(block.latencies.counts.rejected), QString(), cell(0.50), cell(0.95), cell(0.99),
                      formatDuration(times.max())});
}

bool hasFewSamples(const ReportModel &model)
{
    return std::ranges::any_of(model.steps, [](const ReportModel::NamedBlock &step) {
        const bool hasTimes = !step.block.latencies[LatencyKind::Response].isEmpty();
        return hasTimes && !step.block.interval(LatencyKind::Response, 0.99).high;
    });
}

/// "95 % intervals: p50 11 ms to 12 ms, p95 …, p99 from 140 ms, open above"; of the measured window.
QString intervalLine(const ReportBlock &block)
{
    QStringList parts;
    for (const auto &[name, quantile] : {std::pair("p50", 0.50), std::pair("p95", 0.95), std::pair("p99", 0.99)}) {
        const Interval<Nanoseconds> interval = block.interval(LatencyKind::Response, quantile);
        if (!interval.low)
            continue;
        const QString low = QLatin1String(name) + QLatin1Char(' ') + formatDuration(*interval.low);
        parts += interval.high ? low + QStringLiteral(" to ") + formatDuration(*interval.high)
                               : low + QStringLiteral(" to open");
    }
    const Interval<double> errors = block.errorInterval();
    if (block.latencies.counts.errors > 0 && errors.low && errors.high)
        parts += QStringLiteral("errors %1 to %2").arg(formatShare(*errors.low), formatShare(*errors.high));
    return parts.isEmpty() ? QString() : QStringLiteral("95 % certain: ") + parts.join(QStringLiteral(", "));
}

QStringList stepLines(const ReportModel &model)
{
    QStringList lines{tableLine(QStringLiteral("Response time by step"),
                                {QStringLiteral("requests"), QStringLiteral("errors"), QStringLiteral("p50 "),
                                 QStringLiteral("p95 "), QStringLiteral("p99 "), QStringLiteral("max")})};
    for (const ReportModel::NamedBlock &step : model.steps)
        lines += stepLine(cleaned(step.name), step.block);
    if (model.steps.size() > 1)
        lines += stepLine(QStringLiteral("all steps"), model.measured);
    if (!model.measured.latencies[LatencyKind::Rejected].isEmpty())
        lines += rejectionLine(model.measured);
    if (const QString intervals = intervalLine(model.measured); !intervals.isEmpty())
        lines += shortened(intervals, kColumns);
    if (hasFewSamples(model))
        lines += QStringLiteral("* few samples: the true percentile may be far higher");
    return lines;
}

// The rule's text holds the bound.
QString ruleLine(const RuleResult &result)
{
    const QString value = result.value ? formatRuleValue(*result.value, result.rule) : QStringLiteral("–");
    const QString line = standingMark(result.standing) + QLatin1Char(' ') + rightAligned(value, kValueColumns) + kGap
        + cleaned(result.rule.text);
    return shortened(result.reason.isEmpty() ? line : line + QStringLiteral(": ") + cleaned(result.reason), kColumns);
}

QStringList ruleLines(const ReportModel &model)
{
    QStringList lines;
    if (!model.rules.empty())
        lines += QStringLiteral("Rules");
    for (const RuleResult &rule : model.rules)
        lines += ruleLine(rule);
    return lines;
}

QStringList failureLines(const ReportModel &model)
{
    QStringList lines;
    if (!model.failures.empty())
        lines += QStringLiteral("Failures");
    for (const ReportModel::Failure &failure : model.failures | std::views::take(kShownFailures)) {
        const QString when = QStringLiteral("from %1 to %2")
                                 .arg(formatElapsed(failure.firstSecond * 1s), formatElapsed(failure.lastSecond * 1s));
        const QString line = rightAligned(formatCount(failure.count), 10) + QStringLiteral(" × ")
            + cleaned(failure.step) + kGap + failureKindName(failure.kind) + QStringLiteral(": ")
            + cleaned(failure.message);
        lines += shortened(line, kColumns - int(when.size()) - 2) + kGap + when;
    }
    if (model.failures.size() > kShownFailures)
        lines += QStringLiteral("           and %1 other kinds").arg(model.failures.size() - kShownFailures);
    return lines;
}

QString resultText(Verdict::Result result)
{
    switch (result) {
    case Verdict::Result::Met:
        return QStringLiteral("all rules met");
    case Verdict::Result::NotMet:
        return QStringLiteral("rules NOT MET");
    case Verdict::Result::Undecided:
        return QStringLiteral("undecided");
    case Verdict::Result::None:
        break;
    }
    return QStringLiteral("nothing judged");
}

QString acceptedText(Verdict::Result result)
{
    if (result == Verdict::Result::Met)
        return QStringLiteral("accepted");
    return result == Verdict::Result::NotMet ? QStringLiteral("NOT ACCEPTED") : resultText(result);
}

QStringList warningLines(const ReportModel &model)
{
    QStringList sentences;
    for (const QString &reason : model.verdict.reasons) {
        // What the lines of the rules say already is not said again.
        if (!std::ranges::contains(model.rules, reason, ruleReason))
            sentences += reason;
    }
    for (const QString &warning : model.validity.warnings)
        sentences += warning;
    QStringList lines;
    if (const QString limits = limitSentence(model.validity); !limits.isEmpty())
        lines += wrapped(limits, kColumns, 2);
    for (const QString &sentence : sentences)
        lines += QStringLiteral("! ") + wrapped(cleaned(sentence), kColumns - 2, 2);
    return lines;
}

QString verdictLine(const ReportModel &model, std::optional<int> exitCode)
{
    const Verdict &verdict = model.verdict;
    const QString result = model.acceptance ? acceptedText(verdict.result) : resultText(verdict.result);
    const QString line = QStringLiteral("Verdict: ") + (verdict.isValid ? result : QStringLiteral("NOT VALID, ") + result);
    return exitCode ? line + QStringLiteral(" (exit code %1)").arg(*exitCode) : line;
}

} // namespace

QString textSummary(const ReportModel &model, std::optional<int> exitCode)
{
    QStringList paragraphs;
    for (const QStringList &lines :
         {headLines(model), limitLines(model.limit), countsLines(model), stepLines(model), networkLines(model), slowestLines(model), observationLines(model), targetHealthLines(model), memoryLines(model), resourceLines(model), actionLines(model), analysisLines(model), flowLines(model), batchLines(model), objectiveLines(model), ruleLines(model), failureLines(model),
          warningLines(model), QStringList{verdictLine(model, exitCode)}}) {
        if (!lines.isEmpty())
            paragraphs += lines.join(QLatin1Char('\n'));
    }
    return paragraphs.join(QStringLiteral("\n\n")) + QLatin1Char('\n');
}

} // namespace Headroom
