// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/answers/answer.h"
#include "core/json/jsonpath.h"
#include "core/scenario/answerplace.h"

#include <QRegularExpression>

#include <expected>

namespace Headroom {

/// What stands at a place of an answer.
struct PlaceValue
{
    QByteArray text; ///< In UTF-8. Of a JSON list or object, its JSON; of times and sizes, their number.
    std::optional<double> number; ///< When it is a number or the text of one; JSON true is 1 and false 0. Times in
                                  ///< ms; of header Retry-After, seconds, also where it is a date.
};

/// Finds the value of a place in answers; compiled once.
/// Thread: one. The requests must want what the place says: AnswerPlace::isInBody(), isInHeaders().
class PlaceReader
{
public:
    /// Needs a place that parsePlace() has let through.
    explicit PlaceReader(const AnswerPlace &place);

    const AnswerPlace &place() const { return m_place; }
    /// JSON null counts as nothing, and so does an empty body.
    std::expected<PlaceValue, NoValue> read(Answer &answer) const;

private:
    std::expected<PlaceValue, NoValue> readJson(Answer &answer) const;
    std::expected<PlaceValue, NoValue> readPattern(Answer &answer) const;

    AnswerPlace m_place;
    QByteArray m_name; // of a header, cookie or metric
    bool m_isRetryAfter = false;
    std::optional<JsonPath> m_path;
    QRegularExpression m_pattern;
};

} // namespace Headroom
