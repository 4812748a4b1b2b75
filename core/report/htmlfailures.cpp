// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/humanformat.h"
#include "core/report/htmlrecords.h"
#include "core/report/htmltable.h"

#include <QStringDecoder>

#include <ranges>

namespace Headroom {

namespace {

constexpr std::size_t kShownFailures = 200; // the JSON report holds all
constexpr std::size_t kShownExamples = 50; // of up to 4 KiB each: they are most of the page's size

QString bodyTitle(const FailureExample &example)
{
    const QString size = formatBytes(double(example.bodyBytes));
    const bool isCut = example.bodyBytes > std::uint64_t(example.bodyHead.size());
    const QString shown = formatBytes(double(example.bodyHead.size()));
    return isCut ? QStringLiteral("the first %1 of %2").arg(shown, size) : size;
}

bool isText(const FailureExample &example)
{
    const QByteArray &body = example.bodyHead;
    const bool isCut = example.bodyBytes > std::uint64_t(body.size());
    QStringDecoder decoder(QStringDecoder::Utf8);
    // The cut may part a character of up to four bytes.
    const QString text = decoder.decode(isCut ? body.first(std::max<qsizetype>(0, body.size() - 3)) : body);
    return !decoder.hasError() && !text.contains(QChar::Null);
}

Html bodyHtml(const FailureExample &example)
{
    if (example.bodyHead.isEmpty())
        return noteHtml(example.bodyBytes == 0 ? QStringLiteral("The answer had no body.")
                                               : QStringLiteral("Its body was not kept."));
    if (!isText(example))
        return noteHtml(QStringLiteral("The body is no text."));
    return Html::element("pre", Html::element("code", Html::block(QString::fromUtf8(example.bodyHead))));
}

Html exampleHtml(const FailureExample &example)
{
    Html html = Html::element("summary", QStringLiteral("One example"));
    html += Html::element("p", Html::element("code", example.method + QLatin1Char(' ') + example.url));
    if (!example.detail.isEmpty())
        html += noteHtml(QStringLiteral("In it: ") + example.detail);
    const QString type = example.contentType.isEmpty() ? QStringLiteral("no content type") : example.contentType;
    html += noteHtml(QStringLiteral("Answer: %1, %2").arg(type, bodyTitle(example)));
    html += bodyHtml(example);
    return Html::element("details", html);
}

Html messageHtml(const ReportModel::Failure &failure, bool hasRoom)
{
    Html html = Html::text(failure.message.isEmpty() ? failureKindText(failure.kind) : failure.message);
    if (failure.example && hasRoom)
        html += exampleHtml(*failure.example);
    return html;
}

Html secondHtml(int second) { return numberHtml(Json(second), formatElapsed(std::chrono::seconds(second))); }

} // namespace

Html failuresHtml(const ReportModel &model)
{
    HtmlTable table("failures-table",
                    {{"Step", false}, {"Kind", false}, {"Status"}, {"Message", false}, {"Count"}, {"First"}, {"Last"}});
    std::size_t shown = 0;
    for (const ReportModel::Failure &failure : model.failures | std::views::take(kShownFailures)) {
        table.addRow(
            {Html::text(failure.step.isEmpty() ? QStringLiteral("–") : failure.step),
             Html::text(failureKindName(failure.kind)),
             numberHtml(failure.status > 0 ? Json(failure.status) : Json::null(), QString::number(failure.status)),
             messageHtml(failure, shown++ < kShownExamples), countHtml(failure.count), secondHtml(failure.firstSecond),
             secondHtml(failure.lastSecond)});
    }
    if (table.isEmpty())
        return sectionHtml("failures", "Failures", noteHtml(QStringLiteral("No request failed.")));
    Html html = table.html();
    if (model.failures.size() > kShownFailures)
        html += noteHtml(QStringLiteral("And %1 more kinds; the JSON report lists all.")
                             .arg(model.failures.size() - kShownFailures));
    return sectionHtml("failures", "Failures", html);
}

} // namespace Headroom
