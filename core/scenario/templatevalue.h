// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <cstdint>

namespace Headroom {

/// Where a text stands in a request, and by that how foreign characters are written there.
enum class TextPlace {
    Plain, ///< A body as it stands, or an address: nothing is changed.
    Path, ///< Percent-encoded, except what the scenario itself writes.
    Query, ///< Percent-encoded (everything outside RFC 3986's unreserved characters).
    Form, ///< The same with + for a blank.
    Header, ///< Nothing is changed; a value with control characters, or beyond Latin-1, cannot stand there.
    Line, ///< Nothing is changed; a value with a line end or NUL cannot stand there.
    Json, ///< Inside a JSON string.
    JsonValue, ///< For a JSON value of its own: a number, true or false as such, all else as a string with its quotes.
};
/// A text of the scenario itself, as it goes out at a place.
QString ownText(TextPlace place, const QString &text);
/// A value that is put into such a text.
QString valueText(TextPlace place, const QString &value);
/// Why a value cannot stand at a place: "holds a line end or another control character"; empty when it can.
QString misfitAt(TextPlace place, QStringView value);

/// A value of the running load that stands in a text of the scenario, as in "/documents/${user}".
struct TemplateValue
{
    enum class Kind {
        User, ///< Number of the virtual user, from 0 (closed model), or of the arrival (open model).
        Iteration, ///< Number of this user's iteration, from 0 (closed model), or of the arrival (open model).
        Random, ///< A whole number from `low` to `high`, both included.
        Choice, ///< One of `choices`.
        Uuid, ///< A random UUID (version 4).
        Now, ///< When the request is sent, by the computer's clock.
        Column, ///< Of the row that the iteration has of a feed.
        Variable, ///< What an answer has set.
        Secret, ///< By name; the same for all, and known only when a run is prepared.
    };
    enum class Time { Iso, Seconds, Milliseconds, Microseconds }; ///< "2026-01-31T12:00:00.000Z"; else Unix time.

    Kind kind = Kind::User;
    TextPlace place = TextPlace::Plain;
    QString written{}; ///< Between the brackets: "random(1, 100)".
    std::int64_t low = 0;
    std::int64_t high = 0;
    QStringList choices{};
    Time time = Time::Iso;
    int index = 0; ///< Of Scenario::feeds or Scenario::variables.
    int column = 0; ///< Of the feed's columns (Scenario::Feed::columns).
    QString name{}; ///< Of the column, variable or secret.
    bool operator==(const TemplateValue &) const = default;

    /// Whether it has digits alone, so that it looks the same wherever it stands.
    bool isNumber() const;
    /// Whether it is the same for all requests of a run.
    bool isConstant() const { return kind == Kind::Secret; }
};

/// Whether a text is a number as JSON writes it (RFC 8259, section 6).
bool isJsonNumber(QStringView text);

} // namespace Headroom
