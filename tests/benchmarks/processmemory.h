// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

#include <chrono>
#include <vector>

namespace Headroom {

/// RSS of a process, in bytes; 0 when there is none.
double residentBytes(qint64 process);

/// RSS of a process once per `interval` until it ends.
std::vector<double> watchMemory(QProcess &process, std::chrono::milliseconds interval);

/// How many descriptors this process may open.
int descriptorLimit();

} // namespace Headroom
