// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/prommeasure.h"

#include "core/base/humanformat.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace Headroom {

namespace {

using As = Scenario::Probe::As;

constexpr QByteArrayView kBucket("_bucket");
constexpr QByteArrayView kSum("_sum");
constexpr QByteArrayView kCount("_count");
constexpr QByteArrayView kTotal("_total");

/// A counter that has gone back has begun anew.
double increaseFrom(double before, double now) { return now < before ? now : now - before; }

std::optional<double> boundOf(const PromSample::Label *le)
{
    if (!le)
        return std::nullopt;
    QByteArrayView text = le->written;
    if (text.startsWith('+'))
        text = text.sliced(1);
    double bound = 0.0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), bound);
    return error == std::errc() && end == text.end() && !std::isnan(bound) ? std::optional(bound) : std::nullopt;
}

QString shown(const QByteArray &metric) { return formatQuoted(QString::fromUtf8(metric)); }

} // namespace

Result<PromMeasure> PromMeasure::make(const Scenario::Probe::Measure &wanted)
{
    PromMeasure measure;
    measure.m_metric = wanted.metric.toUtf8();
    measure.m_as = wanted.as;
    measure.m_quantile = wanted.quantile;
    if (measure.isOfGroup() && measure.m_metric.endsWith(kBucket))
        measure.m_metric.chop(kBucket.size());
    for (const auto &[name, value] : wanted.labels) {
        auto match = LabelMatch::make(value);
        if (!match)
            return std::unexpected(match.error());
        measure.m_labels.emplace_back(name.toUtf8(), std::move(*match));
    }
    return measure;
}

QString PromMeasure::unit() const
{
    QByteArrayView name = m_metric;
    for (const QByteArrayView end : {kTotal, kSum}) {
        if (name.endsWith(end))
            name.chop(end.size());
    }
    if (m_as == As::Rate)
        return {};
    if (name.endsWith(QByteArrayView("_bytes")))
        return QStringLiteral("bytes");
    return name.endsWith(QByteArrayView("_seconds")) ? QStringLiteral("seconds") : QString();
}

void PromMeasure::begin()
{
    m_series.clear();
    m_groups.clear();
    m_sum = 0.0;
    m_found = 0;
    m_isKnown = m_isHistogram = false;
    m_isCounter = m_metric.endsWith(kTotal);
    m_odd.reset();
}

void PromMeasure::takeType(QByteArrayView name, QByteArrayView type)
{
    if (name != QByteArrayView(m_metric))
        return;
    const bool isCounter = type == QByteArrayView("counter");
    const bool isGroup = type == QByteArrayView("histogram") || type == QByteArrayView("summary");
    m_isCounter = m_isCounter || isCounter;
    m_isHistogram = m_isHistogram || isGroup;
    m_isKnown = m_isKnown || (isOfGroup() ? isGroup : isCounter); // of which there may be no series yet
}

void PromMeasure::take(const PromSample &sample)
{
    if (!sample.name.startsWith(m_metric))
        return;
    const QByteArrayView suffix = sample.name.sliced(m_metric.size());
    m_isHistogram = m_isHistogram || suffix == kBucket;
    if (isOfGroup())
        return takeOfGroup(sample, suffix);
    if (!suffix.isEmpty())
        return;
    m_isKnown = true;
    if (!isWanted(sample))
        return;
    if (!std::isfinite(sample.value))
        m_odd = sample.value;
    m_sum += sample.value;
    if (++m_found <= kMostSeries && m_as == As::Rate)
        m_series.insert(sample.labelText.toByteArray(), sample.value);
}

void PromMeasure::takeOfGroup(const PromSample &sample, QByteArrayView suffix)
{
    const bool isBucket = suffix == kBucket;
    const bool isUsed = m_as == As::Quantile ? isBucket : suffix == kSum || suffix == kCount;
    if (!isUsed)
        return;
    m_isKnown = true;
    if (!isWanted(sample))
        return;
    if (!std::isfinite(sample.value))
        m_odd = sample.value;
    if (++m_found > kMostSeries)
        return;
    Group &group = groupOf(sample);
    if (isBucket) {
        if (const auto bound = boundOf(sample.label("le")))
            group.buckets[*bound] = sample.value;
    } else if (suffix == kSum) {
        group.sum = sample.value;
    } else {
        group.count = sample.value;
    }
}

PromMeasure::Group &PromMeasure::groupOf(const PromSample &sample)
{
    QByteArray key;
    for (const PromSample::Label &label : sample.labels) {
        if (label.name != QByteArrayView("le"))
            key.append(label.name).append('=').append(label.written).append('"');
    }
    return m_groups[key];
}

bool PromMeasure::isWanted(const PromSample &sample) const
{
    return std::ranges::all_of(m_labels, [&sample](const auto &wanted) {
        const PromSample::Label *label = sample.label(wanted.first);
        return wanted.second.matches(label ? label->value() : QByteArray()); // one that is not there is empty
    });
}

PromMeasure::Outcome PromMeasure::end(SteadyTime at)
{
    Outcome outcome;
    outcome.problem = problem();
    if (!outcome.problem.isEmpty())
        return outcome;
    const std::chrono::duration<double> elapsed = at - m_before.value_or(at);
    outcome.value = outcomeOf(elapsed.count());
    if (outcome.value && !std::isfinite(*outcome.value))
        outcome = {
            std::nullopt, QStringLiteral("answered with numbers for %1 that are too large").arg(shown(m_metric)), {}};
    else
        outcome.note = m_found == 0 ? noteOnce() : QString();
    keep(at);
    return outcome;
}

/// Why this reading has no value; empty when there is one, or need not be.
QString PromMeasure::problem() const
{
    if (m_odd)
        return QStringLiteral("answered with %1 for %2")
            .arg(std::isnan(*m_odd) ? QStringLiteral("NaN") : QStringLiteral("an infinite number"), shown(m_metric));
    if (m_found > kMostSeries)
        return QStringLiteral("answered with more than %1 numbers for %2; choose some of them by labels")
            .arg(formatCount(kMostSeries), shown(m_metric));
    if (m_found > 0)
        return {};
    if (!m_isKnown && m_isHistogram && !isOfGroup())
        return QStringLiteral("answered with %1 as a histogram; write as: mean or a percentile, or metric: %2_count")
            .arg(shown(m_metric), QString::fromUtf8(m_metric));
    if (!m_isKnown)
        return QStringLiteral("answered without metric %1; correct its name").arg(shown(m_metric));
    if (m_as == As::Value && !m_isCounter)
        return QStringLiteral("answered without a series of %1 that has these labels; correct them")
            .arg(shown(m_metric));
    return {};
}

QString PromMeasure::noteOnce()
{
    if (std::exchange(m_isNoted, true))
        return {};
    return QStringLiteral("no series of %1 has these labels yet, which counts as none").arg(shown(m_metric));
}

std::optional<double> PromMeasure::outcomeOf(double elapsedSeconds)
{
    if (m_as == As::Value)
        return m_sum;
    if (!m_before || elapsedSeconds <= 0.0)
        return std::nullopt;
    if (m_as == As::Rate)
        return increase() / elapsedSeconds;
    const Group came = increaseOfGroups();
    if (m_as == As::Mean)
        return came.count > 0.0 ? std::optional(came.sum / came.count) : std::nullopt;
    std::vector<PromBucket> buckets;
    for (const auto &[bound, count] : came.buckets)
        buckets.push_back({bound, count});
    return histogramQuantile(m_quantile, std::move(buckets));
}

double PromMeasure::increase() const
{
    double sum = 0.0;
    for (auto now = m_series.cbegin(); now != m_series.cend(); ++now)
        sum += increaseFrom(m_seriesBefore.value(now.key(), 0.0), now.value());
    return sum;
}

/// Of all together. A histogram begins anew as a whole.
PromMeasure::Group PromMeasure::increaseOfGroups() const
{
    Group all;
    for (auto group = m_groups.cbegin(); group != m_groups.cend(); ++group) {
        const Group &now = group.value();
        Group before = m_groupsBefore.value(group.key());
        const auto countBefore = [&before](double bound) {
            const auto found = before.buckets.find(bound);
            return found == before.buckets.end() ? 0.0 : found->second;
        };
        const bool isAnew =
            now.count < before.count
            || std::ranges::any_of(
                now.buckets, [&](const auto &bucket) { return bucket.second < countBefore(bucket.first); });
        if (isAnew)
            before = {};
        all.count += now.count - before.count;
        all.sum += now.sum - before.sum;
        for (const auto &[bound, count] : now.buckets)
            all.buckets[bound] += count - countBefore(bound);
    }
    return all;
}

/// What is not there this time may come back and go on; it is forgotten only where there would be too many.
void PromMeasure::keep(SteadyTime at)
{
    m_before = at;
    const auto carry = [](auto &now, auto &before) {
        if (now.size() + before.size() <= kMostSeries) {
            for (auto old = before.begin(); old != before.end(); ++old) {
                if (!now.contains(old.key()))
                    now.insert(old.key(), old.value());
            }
        }
        before.swap(now);
    };
    carry(m_series, m_seriesBefore);
    carry(m_groups, m_groupsBefore);
}

} // namespace Headroom
