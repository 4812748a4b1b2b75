// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/answerplace.h"
#include "core/scenario/texttemplate.h"
#include "core/yaml/textrange.h"

#include <optional>

namespace Headroom {

/// How two values are compared, or one looked at. Both being numbers they are compared as such, else as texts.
enum class Comparison {
    Exists,
    Missing,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains, ///< The text on the right is a part of the left one.
    Matches,  ///< The regular expression on the right matches a part of the left text.
};

/// What an answer must hold, as "$.id exists", "body < 1 MiB" or "header X-User == ${user}".
struct Check
{
    QString text; ///< As written; never with the value of a secret.
    AnswerPlace place;
    Comparison comparison = Comparison::Exists;
    TextTemplate value;           ///< The right side; empty for Exists and Missing.
    std::optional<double> number; ///< A constant right side as a number in the place's unit: ms of times, bytes of sizes.
    TextRange range;
};

/// Whether a step is walked, as "${first} exists", "${tier} == gold" or "30 %".
struct Condition
{
    QString text; ///< As written; empty: always.
    TextTemplate left;
    Comparison comparison = Comparison::Exists;
    TextTemplate right;
    std::optional<double> chance; ///< 0.3 for "30 %"; then there is no left and right.
    TextRange range;
};

} // namespace Headroom
