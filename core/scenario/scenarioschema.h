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
        ThinkTime, ///< "200 ms", "200 ms to 1 s" or "exponential 200 ms"
        Rate, ///< "50/s"
        RateSpan, ///< "50/s" or "50/s to 0/s"
        UsersSpan, ///< "50" or "0 to 100"
        Batches, ///< "5 of 10"
        Acceptance, ///< "at least 5 of 6", "at least 80 %"
        Percent, ///< "5 %"
        Choice,
        StatusList, ///< 200, [200, 429], "2xx", 200-299
        Headers, ///< mapping of header names to texts
        Values, ///< mapping of free names to texts
        Any, ///< any YAML; becomes JSON
        Object, ///< mapping whose fields stand below this path
        List, ///< sequence whose items stand below this path + "[]"
        TextOrObject, ///< a text, or a mapping whose fields stand below this path
        Named, ///< mapping of free names whose values stand below this path + ".*"
        Strings, ///< sequence of texts
        Secrets, ///< sequence of names, or mapping of names to where they are
    };
    enum class Templates {
        None, ///< Refused.
        Constant, ///< Of what is known when it is read: vars and the environment.
        Secrets, ///< Also ${secret.NAME}: the same for all requests of a run.
        Varying, ///< Also ${user} and the like.
        AsWritten, ///< "${" means nothing there; a rule may name a step by the template of its path.
    };
    const char *path; ///< "load.stages[].rate", "probes.*.process.port"
    Type type = Type::Text;
    bool isRequired = false;
    const char *standard = ""; ///< Default as it would be written; empty: none.
    /// "1 to 65535", "1 ms to 1 d": both ends included; of a text its length, of a list the number of its items.
    /// The words of a Choice separated by |; the one allowed value of a Boolean; empty: free.
    const char *range = "";
    /// Fields of one place with the same word exclude each other; with "!" in front one of them must be there.
    const char *group = "";
    const char *needs = ""; ///< Other fields of the same place, one of which must be beside it: "json|redis".
    Templates templates = Templates::None; ///< What may stand in the texts of the field, its keys left aside.
    const char *sameAs = ""; ///< Path of another field of this type: what stands below that one stands below this one, too.
    /// An Object that changes the scenario: nothing below it is required, and null removes. Not so in its lists, which
    /// replace.
    bool isPart = false;
    const char *help = ""; ///< One sentence, without a final full stop.
};

/// Parents stand before their fields.
std::span<const SchemaField> scenarioSchema();
/// The same of a suite, which is a file of its own.
std::span<const SchemaField> suiteSchema();
/// The scenario language as JSON Schema (draft 2020-12), made from the table. Ends in a line feed.
QByteArray scenarioJsonSchema();

} // namespace Headroom
