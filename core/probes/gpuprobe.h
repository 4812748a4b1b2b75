// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/nvmllibrary.h"
#include "core/probes/threadprobe.h"

namespace Headroom {

/// What a graphics processor is asked with.
struct GpuTools
{
    QString library = QLatin1String(NvmlLibrary::kUsualName);
    QString program = QStringLiteral("nvidia-smi"); ///< A path, or a name in the search path.
};

/// Watches a graphics processor of NVIDIA: through NVML where that can be opened, else through nvidia-smi.
///
/// Fields: use (percent), memory, memory_total (bytes), power_watts, temperature_celsius. What the device does not tell
/// is missing without being a failure.
class GpuProbe final : public ThreadProbe
{
    Q_OBJECT
public:
    /// `index`: from 0.
    GpuProbe(const QString &name, int index, Clock &clock, const GpuTools &tools = {});
};

/// What nvidia-smi --format=csv,noheader,nounits has answered when asked for what kGpuQuery says. Errors: InvalidInput.
Result<GpuFigures> readGpuLine(QByteArrayView text);
inline constexpr auto kGpuQuery = "utilization.gpu,memory.used,memory.total,power.draw,temperature.gpu";

} // namespace Headroom
