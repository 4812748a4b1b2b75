// SPDX-License-Identifier: GPL-3.0-or-later
#include "leakbattery.h"

#include "core/base/random.h"
#include "core/stats/leak.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace Headroom {

namespace {

constexpr double kLevel = 1000.0;
constexpr double kTooth = 10.0; // of the saw above a leak

/// Draws that depend on the seed alone.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_seed(seed)
    {
    }
    double uniform(double from, double to) { return from + (to - from) * unitInterval(randomAt(m_seed, ++m_drawn)); }
    /// Source: Box and Muller (1958).
    double normal()
    {
        const double radius = std::sqrt(2.0 * exponential(randomAt(m_seed, ++m_drawn)));
        return radius * std::cos(uniform(0.0, 2.0 * std::numbers::pi));
    }

private:
    std::uint64_t m_seed;
    std::uint64_t m_drawn = 0;
};

std::vector<double> steps(std::size_t count, int howMany, double until, double size, Dice &dice)
{
    std::vector<double> values(count, 0.0);
    for (int i = 0; i < howMany; ++i)
        values[std::size_t(dice.uniform(0.0, until) * double(count))] += size;
    double sum = 0.0;
    for (double &value : values)
        value = sum += value;
    return values;
}

/// No two teeth fall back to quite the same.
std::vector<double> saw(std::size_t count, double teeth, double height, Dice &dice)
{
    std::vector<double> values;
    double place = dice.uniform(0.0, 1.0);
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(height * place);
        place += teeth / double(count);
        if (place >= 1.0)
            place = dice.uniform(0.0, 0.05);
    }
    return values;
}

template <typename Of> std::vector<double> curve(std::size_t count, Of valueAt)
{
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(valueAt(double(i) / double(count)));
    return values;
}

std::vector<double> shapeOf(const LeakSeries &series, Dice &dice)
{
    using enum LeakSeries::Kind;
    const auto count = std::size_t(series.seconds);
    const double height = series.height;
    switch (series.kind) {
    case Step:
        return steps(count, 1, 1.0, height, dice);
    case Stairs:
        return steps(count, 4, 0.6, height / 4.0, dice);
    case Pages:
        return steps(count, 30, 0.6, height / 30.0, dice);
    case PagedLeak:
        return steps(count, int(height), 1.0, 1.0, dice);
    case Saw:
        return saw(count, std::exp(dice.uniform(std::log(1.5), std::log(80.0))), height, dice);
    case WarmUp:
        return curve(count,
                     [height, by = dice.uniform(0.03, 0.12)](double t) { return height * (1.0 - std::exp(-t / by)); });
    case Ramp:
        return curve(count,
                     [height, until = dice.uniform(0.1, 0.6)](double t) { return height * std::min(1.0, t / until); });
    case Leak:
        return curve(count, [height](double t) { return height * t; });
    case TwoSpeedLeak:
        return curve(count, [height](double t) { return height * (t < 0.5 ? 0.4 * t : 0.2 + 1.6 * (t - 0.5)); });
    case LateLeak:
        return curve(count, [height](double t) { return height * std::max(0.0, 2.0 * t - 1.0); });
    case SawLeak: {
        std::vector<double> values = saw(count, dice.uniform(40.0, 80.0), kTooth, dice);
        for (std::size_t i = 0; i < count; ++i)
            values[i] += height * double(i) / double(count);
        return values;
    }
    case Flat:
        break;
    }
    return std::vector<double>(count, 0.0);
}

} // namespace

std::vector<TrendPoint> LeakSeries::points(std::uint64_t seed) const
{
    Dice dice(seed);
    const std::vector<double> shape = shapeOf(*this, dice);
    double state = dice.normal();
    std::vector<TrendPoint> points;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        points.push_back({double(i) / 60.0, kLevel + shape[i] + noise * state});
        state = correlation * state + std::sqrt(1.0 - correlation * correlation) * dice.normal();
    }
    return points;
}

int leaksFound(const LeakSeries &series, int count)
{
    int found = 0;
    for (int seed = 1; seed <= count; ++seed)
        found += findLeak(series.points(std::uint64_t(seed)), 0.0).verdict == LeakFinding::Verdict::Leak ? 1 : 0;
    return found;
}

} // namespace Headroom
