// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <span>

namespace Headroom {

/// What may stand at one place of a scenario. One table of these is the source of the reader's checks, completion,
/// the help page and the JSON Schema.
struct SchemaField
{
    enum class Type {
        Text,
        Integer,
        Number,
        Boolean,
        Duration,
        DurationSpan, ///< "200 ms" or "200 ms to 1 s"
        RateSpan,     ///< "50/s" or "50/s to 0/s"
        UsersSpan,    ///< "50" or "0 to 100"
        Choice,
        StatusList,   ///< 200, [200, 429], "2xx"
        Headers,      ///< mapping of names to texts
        Any,          ///< any YAML; becomes JSON
        Object,       ///< mapping whose fields stand below this path
        List,         ///< sequence whose items stand below this path + "[]"
        Named,        ///< mapping of free names whose values stand below this path + ".*"
        Strings,      ///< sequence of texts
    };
    const char *path;     ///< "load.stages[].rate", "probes.*.process.port"
    Type type = Type::Text;
    bool isRequired = false;
    const char *standard; ///< Default as it would be written; empty: none.
    const char *range;    ///< "1 to 65535", "> 0"; the words of a Choice separated by |; empty: free.
    const char *help;     ///< One sentence.
};

std::span<const SchemaField> scenarioSchema();
/// The scenario language as JSON Schema (draft 2020-12), made from the table. Ends in a line feed.
QByteArray scenarioJsonSchema();

} // namespace Headroom
