// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <vector>

namespace Headroom {

/// What the session says of the machine and the build: processor, cores, memory, system, libraries; in a fixed order.
std::vector<std::pair<QString, QString>> machineFacts();

/// CPU that this process has used since it began, user and system, in seconds.
double processCpuSeconds();

} // namespace Headroom
