// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlplainpage.h"

#include "core/report/htmlpage.h"

namespace Headroom {

Html pageHead(const char *kind, const QString &title, const std::vector<std::pair<const char *, QString>> &facts)
{
    Html html = Html::element("p", QString::fromUtf8(kind), {{"class", QStringLiteral("kind")}});
    html += Html::element("h1", title.isEmpty() ? QStringLiteral("Load test") : title);
    Html list;
    for (const auto &[name, value] : facts) {
        Html fact = Html::element("dt", QString::fromUtf8(name));
        fact += Html::element("dd", value.isEmpty() ? QStringLiteral("–") : value);
        list += Html::element("div", fact);
    }
    html += Html::element("dl", list, {{"class", QStringLiteral("facts")}});
    return Html::element("header", html);
}

QByteArray plainPage(const QString &title, const Html &head, const Html &body, const QString &toolVersion)
{
    const auto bytes = [](const Html &html) { return html.markup().toUtf8(); };
    return filledTemplate(pageFile("plain.html"), {{"title", bytes(Html::text(title))},
                                                   {"style", pageFile("report.css")},
                                                   {"head", bytes(head)},
                                                   {"body", bytes(body)},
                                                   {"version", bytes(Html::text(toolVersion))}})
        + '\n';
}

} // namespace Headroom
