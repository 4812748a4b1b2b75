// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <optional>

namespace Headroom {

/// The bytes as one frame of Zstandard, which says how large they were.
QByteArray compressed(const QByteArray &bytes);

/// What compressed() got; the frame is taken as hostile. Nothing when it is damaged or says another size than `size`.
/// Memory: `size`.
std::optional<QByteArray> decompressed(const QByteArray &frame, qsizetype size);
/// The size that a frame says it had; nothing when it does not say so or is none. A claim: compare before use.
std::optional<std::uint64_t> claimedSize(const QByteArray &frame);

} // namespace Headroom
