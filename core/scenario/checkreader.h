// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/check.h"
#include "core/scenario/problems.h"
#include "core/scenario/templatereader.h"

#include <QStringList>

#include <expected>
#include <optional>

namespace Headroom {

/// What is wrong with such a text, and where in it; a sentence without a final full stop.
struct CheckProblem
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString message;
};

/// A text with a comparison in it, taken apart: "$.id exists", "${tier} == gold". Quotes around the right side are off.
struct Comparing
{
    QString left;
    Comparison comparison = Comparison::Exists;
    QString right; ///< Empty for Exists and Missing.
    bool isRightQuoted = false;
    qsizetype leftStart = 0; ///< Where they stand in the text.
    qsizetype rightStart = 0; ///< Without the quote.
};

/// The place at the beginning of a text and nothing behind it: "$.x", "header NAME", "cookie NAME", "/regex/",
/// "server-timing NAME", "status", "body", "size", "time", "first_byte". JSONPath and expression are compiled to see
/// whether they can be.
std::expected<AnswerPlace, CheckProblem> parsePlace(const QString &text);
/// The same of a field of a scenario, with problems reported at their place; nothing when there is one.
std::optional<AnswerPlace> readPlace(const YamlNode &scalar, Problems &problems);

/// What stands in front of a comparison, its word or sign, and what stands behind. A right side with blanks needs
/// quotes, outside of ${...}; numbers with units (1 MiB) do not.
std::expected<Comparing, CheckProblem> parseComparing(const QString &text);

/// Every kind of place as it is written, "$.id" and "header NAME", and every word and sign that compares.
QStringList placeExamples();
QStringList comparisonWords();

/// A check as a scenario writes it, its right side with templates where `templates` allows them. Problems are reported
/// at their line and column; nothing when there is one.
std::optional<Check> readCheck(const YamlNode &scalar, const TemplateReader &templates, Problems &problems);

/// A part of a scalar as a scalar of its own, for readers that take one; its place is exact where the whole stands on
/// one line without escapes.
YamlNode partOf(const YamlNode &scalar, qsizetype start, qsizetype length);

} // namespace Headroom
