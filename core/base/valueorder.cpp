// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/valueorder.h"

#include "core/base/quantity.h"

#include <cmath>

namespace Headroom {

std::optional<double> numberIn(const QByteArray &text)
{
    constexpr qsizetype kLongest = 40;
    if (text.isEmpty() || text.size() > kLongest)
        return std::nullopt;
    const auto number = parseNumber(QString::fromUtf8(text));
    return number ? std::optional(*number) : std::nullopt;
}

std::partial_ordering textOrder(const QByteArray &left, const QByteArray &right)
{
    return QByteArrayView(left).compare(right) <=> 0;
}

std::partial_ordering numberOrder(double left, double right, const QByteArray &leftText, const QByteArray &rightText)
{
    constexpr double kExact = 0x1p53; // below it every whole number is a double of its own
    const bool isExact = std::abs(left) < kExact || left != right;
    return isExact ? left <=> right : textOrder(leftText, rightText);
}

} // namespace Headroom
