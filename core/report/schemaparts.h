// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/jsonvalue.h"

#include <utility>
#include <vector>

/// What the JSON Schemas of our reports are made of. Each part says in a sentence what it is.
namespace Headroom::SchemaParts {

using Fields = std::vector<std::pair<const char *, Json>>;

Json ofType(const char *type, const char *help);
Json orNull(Json schema); ///< Of a part that has one type.
Json text(const char *help);
Json flag(const char *help);
Json number(const char *help);
Json numberOrNull(const char *help);
Json count(const char *help); ///< A whole number from 0 on.
Json word(const char *help, const std::vector<const char *> &words); ///< One of these.
Json constantText(const char *value, const char *help); ///< Always this.
Json listOf(const char *help, Json items);
Json pairOf(const char *help); ///< Two numbers, each of which may be null.
Json objectOf(const char *help, const Fields &fields); ///< All of them are always there, and no others.
Json mapOf(const char *help, Json values); ///< By free names.
/// A whole schema, with its name and title in front.
Json schemaDocument(const char *id, const char *title, const Json &schema);
Json reference(const char *help, const char *name); ///< To a definition in the document's $defs.
Fields with(Fields first, const Fields &then);

} // namespace Headroom::SchemaParts
