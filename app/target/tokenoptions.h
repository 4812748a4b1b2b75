// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QCommandLineParser>

namespace Headroom {

/// --admin-token, --admin-token-env and --admin-token-file, of which one may be set.
QList<QCommandLineOption> tokenOptions();
/// The token; empty: none was set. Errors: InvalidInput, Unreadable; they never show it.
Result<QByteArray> readToken(const QCommandLineParser &parser);

} // namespace Headroom
