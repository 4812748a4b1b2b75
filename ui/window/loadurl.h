// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QUrl>

#include <optional>

namespace Headroom {

/// What was typed as a URL of http or https to put load on; a missing scheme is http. None with a password: it would be
/// written to scenario, session and settings.
std::optional<QUrl> loadUrl(QString text);
/// Errors: InvalidInput when loadUrl() is nothing, with what to write instead.
Result<void> checkLoadUrl(const QString &text);

} // namespace Headroom
