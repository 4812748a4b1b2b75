// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/jsonprobe.h"

namespace Headroom {

namespace {

std::vector<Probe::Field> fieldsOf(const QStringList &names)
{
    std::vector<Probe::Field> fields;
    for (const QString &name : names)
        fields.push_back({name, {}});
    return fields;
}

} // namespace

JsonProbe::JsonProbe(const QString &name, Source source, Clock &clock)
    : HttpProbe(name, fieldsOf(source.fields),
                {source.url, "application/json", kMaxBodyBytes, source.timeout, source.route}, clock)
    , m_values(std::move(source.values))
{
}

void JsonProbe::evaluate(const QByteArray &body)
{
    const auto values = m_values.read(body);
    if (!values)
        return refuse(QStringLiteral("answered something that cannot be used: ") + values.error().text());
    QStringList missing;
    for (std::size_t i = 0; i < values->size(); ++i) {
        if (!(*values)[i])
            missing.append(series()[i].name());
    }
    if (missing.isEmpty())
        return succeed(*values);
    fail(QStringLiteral("GET %1 answered without a number for %2; check the JSONPath")
             .arg(shownUrl(), missing.join(QLatin1String(", "))),
         *values);
}

} // namespace Headroom
