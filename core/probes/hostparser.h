// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstdint>
#include <optional>

namespace Headroom {

/// Reading what the kernel tells of the machine and of control groups, without touching it. Any bytes may come in; what
/// cannot be read is missing.
/// Source: proc_stat(5), proc_meminfo(5), the kernel's Documentation/accounting/psi.rst and admin-guide/cgroup-v2.rst.

/// The first line of /proc/stat: all processors together, since boot, in ticks.
struct HostTicks
{
    std::uint64_t busy = 0; ///< What guests have had is in it once.
    std::uint64_t all = 0; ///< With waiting and with what other machines on the same hardware have had.
};
std::optional<HostTicks> parseHostTicks(QByteArrayView text);

struct HostMemory
{
    std::uint64_t totalBytes = 0;
    std::uint64_t availableBytes = 0; ///< What programs could get without swapping.
};
std::optional<HostMemory> parseHostMemory(QByteArrayView text);

/// Seconds in which at least one task had to wait, since boot: "some ... total=" of a file of pressure.
std::optional<double> parsePressure(QByteArrayView text);

/// The number behind a key in a file of lines such as "usage_usec 1234".
std::optional<std::uint64_t> parseFlatKey(QByteArrayView text, QByteArrayView key);

/// A file that holds one number alone.
std::optional<std::uint64_t> parseLoneNumber(QByteArrayView text);

} // namespace Headroom
