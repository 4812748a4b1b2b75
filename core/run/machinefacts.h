// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <utility>
#include <vector>

namespace Headroom {

/// What the session says of the machine and the build: processor, cores, memory, system, libraries; in a fixed order.
std::vector<std::pair<QString, QString>> machineFacts();

/// RAM of this machine in bytes.
std::uint64_t machineMemory();

/// CPU that this process has used since it began, user and system, in seconds.
double processCpuSeconds();

} // namespace Headroom
