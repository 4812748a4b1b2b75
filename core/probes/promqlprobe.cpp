// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promqlprobe.h"

#include <cmath>

namespace Headroom {

namespace {

std::vector<Probe::Field> fieldsOf(const PromQlProbe::Source &source)
{
    if (source.by.isEmpty())
        return {Probe::Field{}};
    std::vector<Probe::Field> fields;
    for (const PromQlProbe::Wanted &wanted : source.wanted)
        fields.push_back({wanted.name, {}});
    return fields;
}

} // namespace

QUrl PromQlProbe::urlOf(const QUrl &server, const QString &query)
{
    QUrl url = server;
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + QStringLiteral("/api/v1/query"));
    // The sign + would be a blank for the server.
    url.setQuery(QStringLiteral("query=") + QString::fromLatin1(QUrl::toPercentEncoding(query)), QUrl::StrictMode);
    return url;
}

PromQlProbe::PromQlProbe(const QString &name, Source source, Clock &clock)
    : HttpProbe(name, fieldsOf(source),
                {urlOf(source.server, source.query), "application/json", kMaxBodyBytes, source.timeout, source.route},
                clock)
    , m_by(source.by.toUtf8())
    , m_wanted(std::move(source.wanted))
{
}

void PromQlProbe::evaluate(const QByteArray &body)
{
    const auto answer = parsePromQlAnswer(body);
    if (!answer)
        return refuse(QStringLiteral("answered something that cannot be used: ") + answer.error().message);
    if (m_by.isEmpty())
        evaluateOne(*answer);
    else
        evaluateMany(*answer);
}

QString PromQlProbe::refusalIn(const QByteArray &body) const
{
    const auto answer = parsePromQlAnswer(body);
    return answer || !body.startsWith('{') ? QString() : answer.error().message;
}

void PromQlProbe::evaluateOne(const PromQlAnswer &answer)
{
    if (answer.elements.empty())
        return refuse(QStringLiteral("answered without a value; correct the expression, or wait until there is one"));
    if (answer.elements.size() > 1)
        return refuse(
            QStringLiteral("answered with %1 values; write sum(...) around the expression, or tell them apart with "
                           "by: label and values")
                .arg(answer.elements.size()));
    const double value = answer.elements.front().value;
    if (!std::isfinite(value))
        return refuse(QStringLiteral("answered with %1")
                          .arg(std::isnan(value) ? QStringLiteral("NaN") : QStringLiteral("an infinite number")));
    succeed({value});
}

void PromQlProbe::evaluateMany(const PromQlAnswer &answer)
{
    ProbeValues values = missingValues();
    QStringList missing;
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
        for (const PromQlAnswer::Element &element : answer.elements) {
            if (m_wanted[i].match.matches(element.label(m_by)))
                values[i] = values[i].value_or(0.0) + element.value;
        }
        if (values[i] && !std::isfinite(*values[i]))
            values[i].reset();
        if (!values[i])
            missing.append(series()[i].name());
    }
    if (missing.isEmpty())
        return succeed(values);
    fail(QStringLiteral("GET %1 answered without a number for %2; correct by and values, or wait until there is one")
             .arg(shownUrl(), missing.join(QLatin1String(", "))),
         values);
}

} // namespace Headroom
