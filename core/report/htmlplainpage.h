// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"

#include <utility>
#include <vector>

namespace Headroom {

/// What stands at the top of a page: what it is, its title, and facts with their names; "–" where one is empty.
Html pageHead(const char *kind, const QString &title, const std::vector<std::pair<const char *, QString>> &facts);

/// One file without scripts, in the style of the report.
QByteArray plainPage(const QString &title, const Html &head, const Html &body, const QString &toolVersion);

} // namespace Headroom
