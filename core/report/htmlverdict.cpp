// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlverdict.h"

#include "core/base/humanformat.h"
#include "core/report/byhand.h"
#include "core/report/htmltable.h"
#include "core/report/origintext.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QTimeZone>

namespace Headroom {

namespace {

QString resultText(Verdict::Result result)
{
    switch (result) {
    case Verdict::Result::Met:
        return QStringLiteral("All rules met");
    case Verdict::Result::NotMet:
        return QStringLiteral("Rules not met");
    case Verdict::Result::Undecided:
        return QStringLiteral("Undecided");
    case Verdict::Result::None:
        break;
    }
    return QStringLiteral("Nothing judged");
}

QString resultText(const ReportModel &model)
{
    const Verdict::Result result = model.verdict.result;
    if (model.acceptance && result == Verdict::Result::Met)
        return QStringLiteral("Accepted");
    return model.acceptance && result == Verdict::Result::NotMet ? QStringLiteral("Not accepted") : resultText(result);
}

// A run that met its rules and ended otherwise than planned is no good news.
QString verdictClass(const Verdict &verdict)
{
    if (!verdict.isValid || verdict.result == Verdict::Result::NotMet)
        return QStringLiteral("verdict bad");
    const bool isGood = verdict.result == Verdict::Result::Met && verdict.exitCode == 0;
    return isGood ? QStringLiteral("verdict good") : QStringLiteral("verdict open");
}

QString verdictSymbol(const Verdict &verdict)
{
    if (!verdict.isValid)
        return QStringLiteral("!");
    if (verdict.result == Verdict::Result::NotMet)
        return QStringLiteral("✗");
    return verdict.result == Verdict::Result::Met ? QStringLiteral("✓") : QStringLiteral("?");
}

Html listHtml(const char *listClass, const std::vector<QString> &sentences)
{
    Html items;
    for (const QString &sentence : sentences)
        items += Html::element("li", sentence);
    return sentences.empty() ? Html() : Html::element("ul", items, {{"class", QLatin1String(listClass)}});
}

Html fact(const char *name, const QString &value)
{
    Html html = Html::element("dt", QString::fromUtf8(name));
    html += Html::element("dd", value.isEmpty() ? QStringLiteral("–") : value);
    return Html::element("div", html);
}

QString startedAt(const ReportModel &model)
{
    if (model.head.startedAtMs <= 0)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(model.head.startedAtMs, QTimeZone::UTC);
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QStringLiteral(" UTC");
}

// Enough of the digest to tell which text a signed sheet belongs to; the whole stands with the scenario.
QString scenarioFact(const SessionHead &head)
{
    const QByteArray digest = QCryptographicHash::hash(head.scenarioText, QCryptographicHash::Sha256).toHex().first(16);
    const QString file = head.scenarioFile.isEmpty() ? QStringLiteral("no file") : head.scenarioFile;
    return QStringLiteral("%1 (%2…)").arg(file, QLatin1String(digest));
}

Html figure(const char *id, const char *name, const Html &value, const QString &remark)
{
    Html html = Html::element("dt", QString::fromUtf8(name));
    html += Html::element("dd", value);
    html += Html::element("dd", remark, {{"class", QStringLiteral("remark")}});
    return Html::element("div", html, {{"id", QLatin1String(id)}});
}

QString shareRemark(std::uint64_t part, std::uint64_t of, const char *ofWhat)
{
    const double share = of > 0 ? double(part) / double(of) : 0.0;
    return formatShare(share) + QLatin1String(" of ") + QLatin1String(ofWhat);
}

} // namespace

QString verdictText(const ReportModel &model)
{
    return model.verdict.isValid ? resultText(model) : QStringLiteral("NOT VALID");
}

Html headHtml(const ReportModel &model)
{
    const RunFacts &facts = model.head.facts;
    Html html = Html::element("p", QStringLiteral("Load test report"), {{"class", QStringLiteral("kind")}});
    html += Html::element("h1", facts.name.isEmpty() ? QStringLiteral("Load test") : facts.name);
    Html list = fact("Target", facts.target);
    if (!facts.profiles.isEmpty())
        list += fact("Run with", facts.profiles.join(QStringLiteral(", ")));
    if (const QString changes = changesText(model.head.overrides); !changes.isEmpty())
        list += fact("Changed by options", changes);
    if (const QStringList origins = originTexts(model.head); !origins.isEmpty())
        list += fact("Session", origins.join(QStringLiteral("; ")));
    list += fact("Started", startedAt(model));
    list += fact("Lasted", formatElapsedSeconds(model.lengthSeconds));
    if (const QString byHand = byHandText(model); !byHand.isEmpty())
        list += fact("By hand", byHand);
    list += fact("Scenario", scenarioFact(model.head));
    list +=
        fact("Load", facts.isOpenModel ? QStringLiteral("open model: a rate") : QStringLiteral("closed model: users"));
    html += Html::element("dl", list, {{"class", QStringLiteral("facts")}});
    return Html::element("header", html);
}

Html verdictHtml(const ReportModel &model)
{
    const Verdict &verdict = model.verdict;
    Html words = Html::element("span", verdictSymbol(verdict),
                               {{"class", QStringLiteral("symbol")}, {"aria-hidden", QStringLiteral("true")}});
    words += Html::element("strong", verdictText(model), {{"id", QStringLiteral("verdict-words")}});
    Html html = Html::element("p", words, {{"class", QStringLiteral("words")}});
    if (!verdict.isValid)
        html += Html::element("p",
                              QStringLiteral("The numbers of this run cannot be trusted. Taken as they are: %1.")
                                  .arg(resultText(model).toLower()));
    html += listHtml("reasons", verdict.reasons);
    html += listHtml("warnings", model.validity.warnings);
    html +=
        Html::element("p", QStringLiteral("Exit code %1").arg(verdict.exitCode), {{"class", QStringLiteral("code")}});
    return Html::element("section", html, {{"id", QStringLiteral("verdict")}, {"class", verdictClass(verdict)}});
}

Html figuresHtml(const ReportModel &model)
{
    const ReportBlock &block = model.measured;
    const RequestCounts &counts = block.latencies.counts;
    const HdrHistogram &times = block.latencies[LatencyKind::Response];
    const auto quantile = [&](const char *id, const char *name, double value) {
        return figure(id, name, quantileHtml(times, value), QStringLiteral("response time"));
    };
    Html list =
        figure("figure-rate", "Throughput", rateHtml(block.ratePerSecond()), QStringLiteral("finished requests"));
    list += figure("figure-requests", "Requests", countHtml(counts.requests),
                   QStringLiteral("measured over ") + formatElapsedSeconds(block.lengthSeconds));
    list += quantile("figure-p50", "p50", 0.50);
    list += quantile("figure-p95", "p95", 0.95);
    list += quantile("figure-p99", "p99", 0.99);
    list += figure("figure-errors", "Errors", countHtml(counts.errors),
                   shareRemark(counts.errors, counts.requests, "requests"));
    list += figure("figure-rejected", "Rejected", countHtml(counts.rejected),
                   shareRemark(counts.rejected, counts.requests, "requests"));
    list += figure("figure-dropped", "Dropped", countHtml(block.iterations.dropped),
                   shareRemark(block.iterations.dropped, block.iterations.planned, "iterations"));
    return Html::element("dl", list, {{"class", QStringLiteral("figures")}});
}

Html signatureHtml()
{
    Html lines;
    for (const char *name : {"Judged by", "Date", "Signature"})
        lines += Html::element("span", QString::fromUtf8(name));
    return Html::element("div", lines, {{"class", QStringLiteral("signature")}});
}

} // namespace Headroom
