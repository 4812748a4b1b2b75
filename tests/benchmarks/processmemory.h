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

/// Lets this process and those it starts open as many descriptors as the machine allows a process. Returns how many.
int raiseDescriptorLimit();

} // namespace Headroom
