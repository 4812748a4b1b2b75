// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/flowcondition.h"

#include "core/base/boundedpattern.h"
#include "core/base/random.h"
#include "core/base/valueorder.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr std::uint64_t kMostValues = 4096; // in one side: its text is shorter

bool isVariable(const TextTemplate &text)
{
    return text.pieces().size() == 1 && text.pieces().front().text.isEmpty() && text.pieces().front().value
        && text.pieces().front().value->kind == TemplateValue::Kind::Variable;
}

std::partial_ordering orderOf(const QByteArray &left, const QByteArray &right)
{
    if (const auto a = numberIn(left)) {
        if (const auto b = numberIn(right))
            return numberOrder(*a, *b, left, right);
    }
    return textOrder(left, right);
}

} // namespace

FlowCondition::Side::Side(const TextTemplate &text, std::uint64_t salt)
    : m_variable(isVariable(text) ? text.pieces().front().value->index : -1)
    , m_text(text, false)
{
    m_text.salt(salt);
}

std::optional<QByteArray> FlowCondition::Side::value(const RequestValues &values) const
{
    if (m_variable >= 0)
        return values.variables ? values.variables->at(std::size_t(m_variable)) : std::nullopt;
    const auto rendered = m_text.rendered(values);
    return rendered ? std::optional(*rendered) : std::nullopt;
}

FlowCondition::FlowCondition(const Condition &condition, std::uint64_t salt)
    : m_chance(condition.chance)
    , m_comparison(condition.comparison)
    , m_left(condition.left, salt)
    , m_right(condition.right, salt + kMostValues)
{
    if (m_comparison == Comparison::Matches)
        m_pattern = boundedPattern(condition.right.constant()).value();
}

bool FlowCondition::holds(const RequestValues &values, std::uint64_t random) const
{
    if (m_chance)
        return unitInterval(random) < *m_chance;
    const std::optional<QByteArray> left = m_left.value(values);
    if (m_comparison == Comparison::Exists || m_comparison == Comparison::Missing)
        return left.has_value() == (m_comparison == Comparison::Exists);
    if (!left)
        return false;
    const std::optional<QByteArray> right = m_right.value(values);
    return right && compares(*left, *right);
}

bool FlowCondition::compares(const QByteArray &left, const QByteArray &right) const
{
    switch (m_comparison) {
    case Comparison::Equal:
        return orderOf(left, right) == 0;
    case Comparison::NotEqual:
        return orderOf(left, right) != 0;
    case Comparison::Less:
        return orderOf(left, right) < 0;
    case Comparison::LessOrEqual:
        return orderOf(left, right) <= 0;
    case Comparison::Greater:
        return orderOf(left, right) > 0;
    case Comparison::GreaterOrEqual:
        return orderOf(left, right) >= 0;
    case Comparison::Contains:
        return left.contains(right);
    case Comparison::Matches:
        return m_pattern.match(QString::fromUtf8(QByteArrayView(left).first(std::min(left.size(), kMostPatternBytes))))
            .hasMatch();
    case Comparison::Exists:
    case Comparison::Missing:
        break; // have one side
    }
    Q_UNREACHABLE_RETURN(false);
}

} // namespace Headroom
