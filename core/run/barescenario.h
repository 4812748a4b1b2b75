// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/loadchange.h"

#include <QByteArray>
#include <QUrl>

namespace Headroom {

/// Load of a bare URL that comes without any: 10 a second.
inline constexpr Rate kBareRate = Rate::perSecond(10);

/// The scenario that `headroom run URL` stands for: one step, no file. Its load is what `change` says; its one rule is that
/// fewer than 1 % of the requests are errors.
QByteArray bareScenario(const QUrl &url, const LoadChange &change);

} // namespace Headroom
