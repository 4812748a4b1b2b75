// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Headroom {

/// The help page of the scenario language as Markdown, made from the schema tables: every field with what it is, how it
/// is written and its default; templates, places in answers and comparisons.
QString languagePage();

} // namespace Headroom
