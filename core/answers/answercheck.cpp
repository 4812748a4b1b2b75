// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answercheck.h"

#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/base/valueorder.h"

#include <chrono>
#include <cmath>
#include <cstring>

namespace Headroom {

namespace {

bool holdsOrder(Comparison comparison, std::partial_ordering order)
{
    switch (comparison) {
    case Comparison::Equal:
        return order == 0;
    case Comparison::NotEqual:
        return order != 0;
    case Comparison::Less:
        return order < 0;
    case Comparison::LessOrEqual:
        return order <= 0;
    case Comparison::Greater:
        return order > 0;
    case Comparison::GreaterOrEqual:
        return order >= 0;
    default:
        Q_UNREACHABLE_RETURN(false);
    }
}

bool isOrdering(Comparison comparison)
{
    return comparison == Comparison::Less || comparison == Comparison::LessOrEqual || comparison == Comparison::Greater
        || comparison == Comparison::GreaterOrEqual;
}

bool contains(const QByteArray &text, const QByteArray &part)
{
    // glibc's takes time in proportion to both lengths, whatever the texts are.
    return memmem(text.constData(), std::size_t(text.size()), part.constData(), std::size_t(part.size()));
}

QString shownText(const QByteArray &text)
{
    constexpr qsizetype kMost = 200; // formatQuoted() shows less; a body can be long
    return formatQuoted(QString::fromUtf8(QByteArrayView(text).first(std::min(text.size(), kMost))));
}

} // namespace

QString shownValue(const AnswerPlace &place, const PlaceValue &value)
{
    switch (place.kind) {
    case AnswerPlace::Kind::Time:
    case AnswerPlace::Kind::FirstByte:
    case AnswerPlace::Kind::ServerTiming:
        return formatDuration(Nanoseconds(std::llround(std::clamp(value.number.value_or(0.0), -1e12, 1e12) * 1e6)));
    case AnswerPlace::Kind::Size:
        return formatBytes(value.number.value_or(0.0));
    default:
        return shownText(value.text);
    }
}

AnswerCheck::AnswerCheck(const Check &check)
    : m_written(check.text)
    , m_place(check.place)
    , m_comparison(check.comparison)
    , m_value(check.value, false)
    , m_constant(check.value.constant().toUtf8())
    , m_number(check.number)
    , m_isConstant(check.value.isConstant())
{
    if (m_comparison == Comparison::Matches)
        m_pattern = boundedPattern(check.value.constant()).value();
}

AnswerProblem AnswerCheck::failed(const QString &why, const QString &detail) const
{
    return {why.isEmpty() ? QStringLiteral("check failed: %1").arg(m_written)
                          : QStringLiteral("check failed: %1: %2").arg(m_written, why),
            detail};
}

std::optional<AnswerProblem> AnswerCheck::problem(Answer &answer, const RequestValues &values) const
{
    const auto found = m_place.read(answer);
    if (m_comparison == Comparison::Missing && (found || !found.error().isUnreadable))
        return found ? std::optional(failed({}, QStringLiteral("found %1").arg(shownValue(m_place.place(), *found))))
                     : std::nullopt;
    if (!found)
        return failed(found.error().why, found.error().detail);
    if (m_comparison == Comparison::Exists)
        return std::nullopt;
    if (m_comparison == Comparison::Matches)
        return match(*found);
    if (m_isConstant)
        return compare(*found, m_constant, m_number);
    const auto right = m_value.rendered(values);
    if (!right)
        return failed(right.error());
    return compare(*found, *right, numberIn(*right));
}

std::optional<AnswerProblem> AnswerCheck::compare(const PlaceValue &found, const QByteArray &right,
                                                  std::optional<double> number) const
{
    const bool needsNumber = isOrdering(m_comparison) && number;
    if (agrees(found, right, number) && (found.number || !needsNumber))
        return std::nullopt;
    const QString shown = shownValue(m_place.place(), found);
    return failed(needsNumber && !found.number ? QStringLiteral("what was found is no number") : QString(),
                  m_isConstant ? QStringLiteral("found %1").arg(shown)
                               : QStringLiteral("found %1, compared with %2").arg(shown, shownText(right)));
}

/// As numbers where both are some, else as texts.
bool AnswerCheck::agrees(const PlaceValue &found, const QByteArray &right, std::optional<double> number) const
{
    if (m_comparison == Comparison::Contains)
        return contains(found.text, right);
    const bool areNumbers = number && found.number;
    return holdsOrder(m_comparison,
                      areNumbers ? numberOrder(*found.number, *number, found.text, right)
                                 : textOrder(found.text, right));
}

std::optional<AnswerProblem> AnswerCheck::match(const PlaceValue &found) const
{
    const bool isHead = found.text.size() > Answer::kMostPatternBytes;
    const auto text = QByteArrayView(found.text).first(isHead ? Answer::kMostPatternBytes : found.text.size());
    const QRegularExpressionMatch matched = m_pattern.match(QString::fromUtf8(text));
    if (matched.hasMatch())
        return std::nullopt;
    if (!matched.isValid())
        return failed(QStringLiteral("the search took too many steps"));
    const QString why = isHead
        ? QStringLiteral("no match in the first %1").arg(formatBytes(double(Answer::kMostPatternBytes)))
        : QString();
    return failed(why, QStringLiteral("found %1").arg(shownText(found.text)));
}

} // namespace Headroom
