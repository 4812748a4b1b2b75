// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace Headroom {

/// What a graphics processor says of itself. What it does not know is missing.
struct GpuFigures
{
    std::optional<double> usePercent; ///< Of the time since its own last sample in which it computed anything.
    std::optional<double> memoryBytes; ///< That are in use.
    std::optional<double> memoryTotalBytes;
    std::optional<double> powerWatts;
    std::optional<double> temperatureCelsius;
};

/// NVIDIA's management library, opened while the program runs: it comes with the driver, where there is one.
/// Thread: one at a time. A call may take as long as the driver wants.
class NvmlLibrary
{
public:
    static constexpr auto kUsualName = "libnvidia-ml.so.1";

    /// Errors: NotFound when there is no such library; Unreadable when it does not work, with its own words.
    static Result<std::unique_ptr<NvmlLibrary>> open(const QString &name);
    ~NvmlLibrary();
    NvmlLibrary(const NvmlLibrary &) = delete;
    NvmlLibrary &operator=(const NvmlLibrary &) = delete;

    /// `index`: from 0, in the order of the library. Errors: Unreadable.
    Result<GpuFigures> look(int index) const;

private:
    struct Functions;
    explicit NvmlLibrary(std::unique_ptr<Functions> functions);
    Error errorOf(int code, const QString &what) const;

    std::unique_ptr<Functions> m_functions;
};

} // namespace Headroom
