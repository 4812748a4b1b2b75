// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/endpoint.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <QStringList>

#include <array>
#include <variant>

namespace Headroom {

/// How long the work of a request takes: one of three distributions.
class ServiceTime
{
public:
    struct Constant
    {
        Nanoseconds time{};
    };
    struct Bimodal
    {
        Nanoseconds fast{};
        Nanoseconds slow{};
        double slowShare = 0.0; ///< 0 to 1.
    };
    struct Lognormal
    {
        Nanoseconds median{};
        double sigma = 0.0; ///< Standard deviation of the logarithm.
    };
    using Distribution = std::variant<Constant, Bimodal, Lognormal>;

    explicit ServiceTime(Distribution distribution)
        : m_distribution(distribution)
    {
    }
    /// "5ms", "bimodal(5ms,50ms,10%)" (a tenth is slow), "lognormal(20ms,0.5)" (median, sigma).
    static Result<ServiceTime> parse(QStringView text);

    /// A function of its inputs alone; at most an hour.
    Nanoseconds sample(std::uint64_t seed, std::uint64_t request) const;

private:
    Distribution m_distribution;
};

/// The service time of every worked endpoint.
class ServiceTimes
{
public:
    ServiceTimes(); ///< 2 ms everywhere.
    /// Lists such as "*=2ms, retrieve=bimodal(5ms,50ms,10%)", together; "*" stands for the endpoints not named.
    static Result<ServiceTimes> parse(const QStringList &lists);

    const ServiceTime &of(Endpoint worked) const { return m_times[static_cast<std::size_t>(worked)]; }

private:
    std::array<ServiceTime, kWorkedEndpoints.size()> m_times;
};

} // namespace Headroom
