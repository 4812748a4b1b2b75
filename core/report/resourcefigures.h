// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rules/rulegauge.h"

#include <memory>
#include <optional>
#include <vector>

namespace Headroom {

/// What one watched process, control group or machine used over the measured window, for each finished request of the
/// seconds in which its probe had values: the same as cost() says.
struct ResourceUse
{
    QString probe;
    bool isMachine = false; ///< The whole machine, Headroom itself included.
    std::uint64_t requests = 0;
    std::optional<double> cpuSeconds; ///< Of one core, over all these requests.
    std::optional<double> memoryPerRequest; ///< Bytes held for a second.
    std::optional<double> readPerRequest; ///< Bytes from storage ...
    std::optional<double> writtenPerRequest; ///< ... and to it.

    std::optional<double> cpuSecondsPerRequest() const;
    /// Requests per second for each core that was used: what the rate is divided by the cores at work.
    std::optional<double> requestsPerCoreSecond() const;
};

/// Collects them for all probes of a run that count processor time.
class ResourceFigures
{
public:
    explicit ResourceFigures(const RunFactsPtr &facts);

    void add(const MetricsFrame &frame);
    /// Probes without values are left out; a machine is, where `cores` is not known.
    std::vector<ResourceUse> uses(std::optional<int> cores) const;

private:
    struct Watched
    {
        QString probe;
        std::unique_ptr<RuleGauge> cpu, memory, read, written; ///< Null where the probe has no such field.
    };
    struct Machine
    {
        QString probe;
        std::size_t series = 0; ///< Percent of all cores.
        double shareSeconds = 0.0;
        std::uint64_t requests = 0;
    };
    std::vector<Watched> m_watched;
    std::vector<Machine> m_machines;
};

} // namespace Headroom
