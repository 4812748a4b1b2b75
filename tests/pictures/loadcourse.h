// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace Headroom {

/// What a load does to a target over some seconds: walked by the engine itself on a clock moved by hand.
struct LoadCourse
{
    struct Request
    {
        double planned = 0.0; ///< Seconds since the start of the run; open model: of the arrival. Else as sent.
        double sent = 0.0;
        double finished = 0.0;
        int flow = 0; ///< Index among the paths seen.
    };
    struct Point
    {
        double time = 0.0;
        double value = 0.0;
    };
    std::vector<Request> requests; ///< In the order in which they were sent.
    std::vector<double> arrivals; ///< Open model: planned starts.
    std::vector<Point> line; ///< The load profile; empty for batches.
    std::vector<double> barriers; ///< Ends of batches.
    double length = 0.0;

    /// Another run behind this one, with a barrier between them.
    void append(const LoadCourse &next);
};

/// How long the target takes for the k-th request, sent at a time; all in seconds.
using ServiceTime = std::function<double(std::size_t request, double sent)>;

/// Range: the scenario has no problems and ends by itself within a minute.
LoadCourse walkLoad(const QByteArray &scenario, const ServiceTime &serviceTime);

} // namespace Headroom
