// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace Headroom {

/// A group of fields on the help page of the language.
struct LanguageSection
{
    const char
        *prefix; ///< Its fields stand below this path of the schema table: "flows[].steps[]"; "": at the top level.
    const char *title;
    const char *intro;
    const char *example; ///< YAML that stands at the top level of a scenario; may be empty.
};

/// In the order of the page; the first of them is that of the top level.
std::span<const LanguageSection> languageSections();

} // namespace Headroom
