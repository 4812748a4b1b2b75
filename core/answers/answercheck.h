// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/answers/placereader.h"
#include "core/plan/requesttemplate.h"
#include "core/scenario/check.h"

namespace Headroom {

/// What is wrong with an answer.
struct AnswerProblem
{
    QString message; ///< One sentence that is the same for all answers alike: with the check as it is written.
    QString detail{}; ///< Of this answer, such as the value found: short, and fit to be shown; may be empty.
};

/// One check of answers, compiled once.
/// Thread: one. The requests must want what its place says.
class AnswerCheck
{
public:
    /// Needs a check that readCheck() has let through.
    explicit AnswerCheck(const Check &check);

    /// Whether the answer to a request with these values holds it.
    bool holds(Answer &answer, const RequestValues &values) const { return !problem(answer, values); }
    /// Nothing when it holds. What is not there holds nothing but `missing`.
    std::optional<AnswerProblem> problem(Answer &answer, const RequestValues &values) const;

private:
    std::optional<AnswerProblem> compare(const PlaceValue &found, const QByteArray &right,
                                         std::optional<double> number) const;
    bool agrees(const PlaceValue &found, const QByteArray &right, std::optional<double> number) const;
    std::optional<AnswerProblem> match(const PlaceValue &found) const;
    AnswerProblem failed(const QString &why, const QString &detail = {}) const;

    QString m_written;
    PlaceReader m_place;
    Comparison m_comparison;
    RequestTemplate::Bytes m_value;
    QByteArray m_constant; // of a right side that is the same for all
    std::optional<double> m_number; // the same
    bool m_isConstant;
    QRegularExpression m_pattern; // of Matches
};

/// A value that was found, for a sentence: quoted, short, times and sizes with their unit.
QString shownValue(const AnswerPlace &place, const PlaceValue &value);

} // namespace Headroom
