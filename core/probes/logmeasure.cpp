// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/logmeasure.h"

#include "core/base/boundedpattern.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace Headroom {

namespace {

using As = Scenario::Probe::As;

} // namespace

Result<LogMeasure> LogMeasure::make(const QString &pattern, As as, double quantile)
{
    const auto plain = boundedPattern(pattern); // for its errors, which count characters
    if (!plain)
        return std::unexpected(plain.error());
    LogMeasure measure;
    // A line is short, and there are many: a tenth of the steps that one answer may take.
    measure.m_pattern = QRegularExpression(QStringLiteral("(*LIMIT_MATCH=10000)") + pattern);
    measure.m_as = as;
    measure.m_quantile = quantile;
    return measure;
}

void LogMeasure::take(QByteArrayView bytes)
{
    QElapsedTimer timer;
    timer.start();
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView part = end < 0 ? bytes : bytes.first(end);
        bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
        const qsizetype room = kMostLineBytes - m_rest.size();
        if (end >= 0 && m_rest.isEmpty()) {
            takeLine(part.first(std::min(part.size(), room)));
        } else {
            m_rest.append(part.first(std::min(part.size(), room)));
            if (end >= 0)
                takeLine(std::exchange(m_rest, {}));
        }
        m_isTooSlow = m_isTooSlow || m_spent + timer.durationElapsed() > kPatience;
    }
    m_spent += timer.durationElapsed();
}

void LogMeasure::breakLine() { m_rest.clear(); }

void LogMeasure::takeLine(QByteArrayView line)
{
    if (m_isTooSlow)
        return;
    const QRegularExpressionMatch match = m_pattern.match(QString::fromUtf8(line));
    if (!match.hasMatch())
        return;
    ++m_matches;
    if (m_as == As::Rate)
        return;
    const QString caught = match.captured(1);
    bool isNumber = false;
    const double number = caught.toDouble(&isNumber);
    if (isNumber && std::isfinite(number))
        m_numbers.push_back(number);
    else if (m_oddText.isEmpty())
        m_oddText = caught.isEmpty() ? QStringLiteral("nothing") : caught.left(100);
}

std::optional<double> LogMeasure::end(double elapsedSeconds)
{
    std::optional<double> value;
    if (m_as == As::Rate)
        value = elapsedSeconds > 0.0 ? std::optional(double(m_matches) / elapsedSeconds) : std::nullopt;
    else if (!m_numbers.empty())
        value = ofNumbers();
    else if (m_as == As::Sum)
        value = 0.0;
    m_matches = 0;
    m_numbers.clear();
    m_spent = {};
    m_isTooSlow = false;
    return value && std::isfinite(*value) ? value : std::nullopt;
}

double LogMeasure::ofNumbers()
{
    const auto count = double(m_numbers.size());
    switch (m_as) {
    case As::Last:
        return m_numbers.back();
    case As::Max:
        return std::ranges::max(m_numbers);
    case As::Quantile: {
        // The lowest number that at least this share of them does not exceed.
        const double rank = std::ceil(m_quantile * count);
        const auto place = m_numbers.begin() + std::ptrdiff_t(std::clamp(rank, 1.0, count)) - 1;
        std::ranges::nth_element(m_numbers, place);
        return *place;
    }
    default:
        break;
    }
    const double sum = std::accumulate(m_numbers.begin(), m_numbers.end(), 0.0);
    return m_as == As::Mean ? sum / count : sum;
}

} // namespace Headroom
