// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/stats/connectionopening.h"
#include "core/stats/hdrhistogram.h"

#include <QByteArray>

#include <array>
#include <cstdint>

namespace Headroom {

/// What is timed of the opening of a connection.
enum class OpeningPart : std::uint8_t { Resolve, Connect, Tls };
inline constexpr std::size_t kOpeningPartCount = 3;

/// Openings as compact bytes: what crosses threads and lies in the session file.
struct EncodedOpenings
{
    std::uint64_t opened = 0;
    std::uint64_t resumed = 0;
    std::array<QByteArray, kOpeningPartCount> times{}; ///< encodeHistogram(); empty when nothing was recorded.

    const QByteArray &operator[](OpeningPart part) const { return times[std::size_t(part)]; }
    bool operator==(const EncodedOpenings &) const = default;
};

/// Connections that were opened while they are counted or merged: how many, of these with a TLS session of an earlier
/// one, and how long each part took.
///
/// A part that took 0 did not happen, and is left out: a host that is an address is never looked up, a plain connection
/// has no handshake. Memory: 276 KiB, from construction on. Thread: one at a time. record() allocates nothing.
class OpeningSet
{
public:
    void record(const ConnectionOpening &opening);
    /// Errors: InvalidInput when bytes are damaged; a part may then have been added.
    Result<void> merge(const EncodedOpenings &from);
    /// Moves out what there is, and begins anew.
    EncodedOpenings take();

    std::uint64_t opened() const { return m_opened; }
    std::uint64_t resumed() const { return m_resumed; }
    const HdrHistogram &operator[](OpeningPart part) const { return m_times[std::size_t(part)]; }

private:
    std::uint64_t m_opened = 0;
    std::uint64_t m_resumed = 0;
    std::array<HdrHistogram, kOpeningPartCount> m_times;
};

} // namespace Headroom
