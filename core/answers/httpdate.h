// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <optional>

namespace Headroom {

/// A date as headers have it, such as "Sun, 06 Nov 1994 08:49:37 GMT"; also in the two forms of old servers.
/// Source: RFC 9110, section 5.6.7.
std::optional<std::chrono::sys_seconds> httpDateIn(const QByteArray &text);

} // namespace Headroom
