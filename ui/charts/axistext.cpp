// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axistext.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

struct Scaling
{
    double divisor = 1.0;
    QString suffix;
};

Scaling byteScaling(double largest)
{
    Scaling scaling{1.0, QStringLiteral(" B")};
    for (const char *suffix : {" KiB", " MiB", " GiB", " TiB"}) {
        if (largest < scaling.divisor * 1024.0)
            break;
        scaling = {scaling.divisor * 1024.0, QLatin1String(suffix)};
    }
    return scaling;
}

/// The unit that suits the largest value of an axis.
Scaling scalingFor(double largest, ChartSpec::Unit unit)
{
    switch (unit) {
    case ChartSpec::Unit::Milliseconds:
        if (largest >= 1000.0)
            return {1000.0, QStringLiteral(" s")};
        return largest >= 1.0 ? Scaling{1.0, QStringLiteral(" ms")} : Scaling{1e-3, QStringLiteral(" µs")};
    case ChartSpec::Unit::PerSecond:
        return {1.0, QStringLiteral("/s")};
    case ChartSpec::Unit::Percent:
        return {1.0, QStringLiteral(" %")};
    case ChartSpec::Unit::Bytes:
        return byteScaling(largest);
    case ChartSpec::Unit::Seconds:
        return {1.0, QStringLiteral(" s")};
    case ChartSpec::Unit::Count:
        break;
    }
    return {};
}

/// How many decimals a step needs: 0.25 takes two.
int decimalsOf(double step)
{
    int decimals = 0;
    for (; decimals < 9 && std::abs(step - std::round(step)) > 1e-6 * step; ++decimals)
        step *= 10.0;
    return decimals;
}

QString plainNumber(double value, int decimals)
{
    if (std::abs(value) >= 1e6)
        return QString::number(value, 'g', 3);
    return QLocale(QLocale::English).toString(value, 'f', decimals);
}

} // namespace

QString axisText(double value, const NiceScale &scale, ChartSpec::Unit unit)
{
    if (value == 0.0)
        return QStringLiteral("0");
    const double largest = scale.isLogarithmic() ? value : std::max(std::abs(scale.low()), std::abs(scale.high()));
    const Scaling scaling = scalingFor(largest, unit);
    const double step = (scale.isLogarithmic() ? value : scale.step()) / scaling.divisor;
    return plainNumber(value / scaling.divisor, decimalsOf(step)) + scaling.suffix;
}

QString valueText(const std::optional<double> &value, ChartSpec::Unit unit)
{
    if (!value)
        return QStringLiteral("\u2013");
    switch (unit) {
    case ChartSpec::Unit::Milliseconds:
        return formatDuration(Nanoseconds(std::llround(std::clamp(*value, -1e12, 1e12) * 1e6)));
    case ChartSpec::Unit::PerSecond:
        return formatNumber(*value) + QStringLiteral("/s");
    case ChartSpec::Unit::Percent:
        return formatNumber(*value) + QStringLiteral(" %");
    case ChartSpec::Unit::Bytes:
        return formatBytes(*value);
    case ChartSpec::Unit::Seconds:
        return formatDuration(Nanoseconds(std::llround(std::clamp(*value, -1e9, 1e9) * 1e9)));
    case ChartSpec::Unit::Count:
        break;
    }
    return formatNumber(*value);
}

QString unitName(ChartSpec::Unit unit)
{
    switch (unit) {
    case ChartSpec::Unit::Milliseconds:
        return QStringLiteral("ms");
    case ChartSpec::Unit::PerSecond:
        return QStringLiteral("/s");
    case ChartSpec::Unit::Percent:
        return QStringLiteral("%");
    case ChartSpec::Unit::Bytes:
        return QCoreApplication::translate("AxisText", "bytes");
    case ChartSpec::Unit::Seconds:
        return QStringLiteral("s");
    case ChartSpec::Unit::Count:
        break;
    }
    return QCoreApplication::translate("AxisText", "number");
}

Result<double> parseValue(const QString &text, ChartSpec::Unit unit)
{
    const QString trimmed = text.trimmed();
    if (const auto plain = parseNumber(trimmed))
        return *plain;
    const auto inSeconds = [](Nanoseconds time) { return std::chrono::duration<double>(time).count(); };
    switch (unit) {
    case ChartSpec::Unit::Milliseconds:
        return parseDuration(trimmed).transform([&](Nanoseconds time) { return 1000.0 * inSeconds(time); });
    case ChartSpec::Unit::Seconds:
        return parseDuration(trimmed).transform(inSeconds);
    case ChartSpec::Unit::PerSecond:
        return parseRate(trimmed).transform([](Rate rate) { return rate.perSecond(); });
    case ChartSpec::Unit::Percent:
        return parsePercent(trimmed).transform([](double share) { return 100.0 * share; });
    case ChartSpec::Unit::Bytes:
        return parseSize(trimmed).transform([](std::int64_t bytes) { return double(bytes); });
    case ChartSpec::Unit::Count:
        break;
    }
    return parseNumber(trimmed);
}

QString timeText(double seconds)
{
    return formatElapsed(Nanoseconds(std::llround(std::clamp(seconds, 0.0, 1e9) * 1e9)));
}

} // namespace Headroom
