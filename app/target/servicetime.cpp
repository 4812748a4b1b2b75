// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/servicetime.h"

#include "core/base/quantity.h"
#include "core/base/random.h"
#include "core/base/suggestion.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

namespace Headroom {

namespace {

constexpr Nanoseconds kLongest = 1h;

std::unexpected<Error> invalid(const QString &message) { return failure(Error::Code::InvalidInput, message); }

Result<Nanoseconds> parseTime(QStringView text)
{
    const auto time = parseDuration(text);
    if (time && *time > kLongest)
        return invalid(QStringLiteral("'%1' is longer than a service time may be, 1 h").arg(text.trimmed()));
    return time;
}

Result<ServiceTime> parseBimodal(const QList<QStringView> &arguments)
{
    if (arguments.size() != 3)
        return invalid(QStringLiteral("bimodal takes a fast time, a slow time and the share of the slow, as in "
                                      "bimodal(5ms,50ms,10%)"));
    const auto fast = parseTime(arguments[0]);
    if (!fast)
        return std::unexpected(fast.error());
    const auto slow = parseTime(arguments[1]);
    if (!slow)
        return std::unexpected(slow.error());
    const auto share = parsePercent(arguments[2]);
    if (!share)
        return std::unexpected(share.error());
    if (*share < 0.0 || *share > 1.0)
        return invalid(QStringLiteral("the share of the slow in bimodal is from 0 % to 100 %"));
    return ServiceTime(ServiceTime::Bimodal{*fast, *slow, *share});
}

Result<ServiceTime> parseLognormal(const QList<QStringView> &arguments)
{
    constexpr double kWidest = 5.0; // beyond it a tenth of the requests would take over 600 medians
    if (arguments.size() != 2)
        return invalid(QStringLiteral("lognormal takes a median and a sigma, as in lognormal(20ms,0.5)"));
    const auto median = parseTime(arguments[0]);
    if (!median)
        return std::unexpected(median.error());
    const auto sigma = parseNumber(arguments[1]);
    if (!sigma)
        return std::unexpected(sigma.error());
    if (*sigma < 0.0 || *sigma > kWidest)
        return invalid(QStringLiteral("the sigma of lognormal is from 0 to 5"));
    return ServiceTime(ServiceTime::Lognormal{*median, *sigma});
}

/// Splits at commas outside parentheses.
QList<QStringView> splitList(QStringView text)
{
    QList<QStringView> parts;
    int depth = 0;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        depth += text[i] == u'(' ? 1 : text[i] == u')' ? -1 : 0;
        if (text[i] == u',' && depth == 0) {
            parts.append(text.sliced(begin, i - begin));
            begin = i + 1;
        }
    }
    parts.append(text.sliced(begin));
    return parts;
}

QStringList knownKeys()
{
    QStringList keys;
    for (const QStringView name : kWorkedEndpoints)
        keys.append(name.toString());
    return keys;
}

/// Standard normal, by the method of Box and Muller (1958).
double normal(std::uint64_t seed, std::uint64_t request)
{
    const double radius = 1.0 - unitInterval(randomAt(seed, request, 0)); // (0, 1]: its logarithm is finite
    const double angle = unitInterval(randomAt(seed, request, 1));
    return std::sqrt(-2.0 * std::log(radius)) * std::cos(2.0 * std::numbers::pi * angle);
}

struct Sampler
{
    std::uint64_t seed;
    std::uint64_t request;

    Nanoseconds operator()(const ServiceTime::Constant &constant) const { return constant.time; }
    Nanoseconds operator()(const ServiceTime::Bimodal &bimodal) const
    {
        return unitInterval(randomAt(seed, request)) < bimodal.slowShare ? bimodal.slow : bimodal.fast;
    }
    Nanoseconds operator()(const ServiceTime::Lognormal &lognormal) const
    {
        const double sampled = double(lognormal.median.count()) * std::exp(lognormal.sigma * normal(seed, request));
        return Nanoseconds(std::llround(std::min(sampled, double(kLongest / 1ns))));
    }
};

} // namespace

Result<ServiceTime> ServiceTime::parse(QStringView text)
{
    text = text.trimmed();
    const qsizetype open = text.indexOf(u'(');
    if (open < 0) {
        const auto time = parseTime(text);
        if (!time)
            return std::unexpected(time.error());
        return ServiceTime(Constant{*time});
    }
    if (!text.endsWith(u')'))
        return invalid(QStringLiteral("'%1' has no closing parenthesis at its end").arg(text));
    const QStringView name = text.first(open).trimmed();
    const auto arguments = text.sliced(open + 1, text.size() - open - 2).split(u',');
    if (name == u"bimodal")
        return parseBimodal(arguments);
    if (name == u"lognormal")
        return parseLognormal(arguments);
    const QStringList known{QStringLiteral("bimodal"), QStringLiteral("lognormal")};
    return invalid(QStringLiteral("'%1' is not a distribution%2; write a duration, bimodal(...) or lognormal(...)")
                       .arg(name, didYouMean(name.toString(), known)));
}

Nanoseconds ServiceTime::sample(std::uint64_t seed, std::uint64_t request) const
{
    return std::visit(Sampler{seed, request}, m_distribution);
}

namespace {

template <std::size_t... Index>
std::array<ServiceTime, sizeof...(Index)> filled(const ServiceTime &time, std::index_sequence<Index...>)
{
    return {((void)Index, time)...};
}

using GivenTimes = std::array<std::optional<ServiceTime>, kWorkedEndpoints.size() + 1>; // the last is "*"

/// Reads one "key=distribution" into its place.
Result<void> readEntry(QStringView entry, GivenTimes &given)
{
    const qsizetype equals = entry.indexOf(u'=');
    if (equals < 0)
        return invalid(QStringLiteral("'%1' has no '='; write endpoint=time, as in retrieve=5ms").arg(entry.trimmed()));
    const QStringView key = entry.first(equals).trimmed();
    const auto place = std::ranges::find(kWorkedEndpoints, key);
    if (key != u"*" && place == kWorkedEndpoints.end()) {
        const QStringList known = knownKeys();
        return invalid(QStringLiteral("'%1' is not an endpoint%2; write %3 or *")
                           .arg(key, didYouMean(key.toString(), known), known.join(QLatin1String(", "))));
    }
    auto &slot = given[static_cast<std::size_t>(place - kWorkedEndpoints.begin())];
    if (slot)
        return invalid(QStringLiteral("the time of '%1' is given twice; leave one out").arg(key));
    const auto time = ServiceTime::parse(entry.sliced(equals + 1));
    if (!time)
        return std::unexpected(time.error());
    slot = *time;
    return {};
}

} // namespace

ServiceTimes::ServiceTimes()
    : m_times(filled(ServiceTime(ServiceTime::Constant{2ms}), std::make_index_sequence<kWorkedEndpoints.size()>()))
{
}

Result<ServiceTimes> ServiceTimes::parse(const QStringList &lists)
{
    GivenTimes given;
    for (const QString &list : lists) {
        for (const QStringView entry : splitList(list)) {
            if (const auto read = readEntry(entry, given); !read)
                return std::unexpected(read.error());
        }
    }
    ServiceTimes times;
    for (std::size_t i = 0; i < kWorkedEndpoints.size(); ++i) {
        if (const auto &time = given[i] ? given[i] : given.back())
            times.m_times[i] = *time;
    }
    return times;
}

} // namespace Headroom
