// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/prometheusprobe.h"

namespace Headroom {

namespace {

std::vector<Probe::Field> fieldsOf(const PrometheusProbe::Source &source)
{
    std::vector<Probe::Field> fields;
    for (std::size_t i = 0; i < source.measures.size(); ++i) {
        const PromMeasure &measure = source.measures[i];
        fields.push_back({source.fields.value(qsizetype(i)), measure.unit(),
                          measure.isOfTime() ? std::optional(Probe::OfSecond::Mean) : std::nullopt});
    }
    return fields;
}

} // namespace

PrometheusProbe::PrometheusProbe(const QString &name, Source source, Clock &clock)
    : HttpProbe(name, fieldsOf(source),
                {source.url, "text/plain;version=0.0.4, */*;q=0.1", kMaxBodyBytes, source.timeout, source.route}, clock)
    , m_measures(std::move(source.measures))
{
}

void PrometheusProbe::evaluate(const QByteArray &body)
{
    for (PromMeasure &measure : m_measures)
        measure.begin();
    const PromVisitor visitor{[this](const PromSample &sample) {
                                  for (PromMeasure &measure : m_measures)
                                      measure.take(sample);
                              },
                              [this](QByteArrayView name, QByteArrayView type) {
                                  for (PromMeasure &measure : m_measures)
                                      measure.takeType(name, type);
                              }};
    if (const auto read = readPromText(body, visitor); !read)
        return refuse(QStringLiteral("answered with something that is not for Prometheus, ") + read.error().message);
    ProbeValues values;
    QString problem;
    QString note;
    for (PromMeasure &measure : m_measures) {
        const PromMeasure::Outcome outcome = measure.end(now());
        values.push_back(outcome.value);
        problem = problem.isEmpty() ? outcome.problem : problem;
        note = note.isEmpty() ? outcome.note : note;
    }
    if (!problem.isEmpty())
        return fail(QStringLiteral("GET %1 %2").arg(shownUrl(), problem), values);
    if (!note.isEmpty() && !isFailing())
        Q_EMIT noted(note);
    succeed(values);
}

} // namespace Headroom
