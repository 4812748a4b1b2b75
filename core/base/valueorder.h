// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <compare>
#include <optional>

namespace Headroom {

/// How values that came as texts compare: as numbers where both are some, else byte by byte.

/// The plain finite number that a text is, "1e3" included. Texts longer than any number are not even tried.
std::optional<double> numberIn(const QByteArray &text);
std::partial_ordering textOrder(const QByteArray &left, const QByteArray &right);
/// Of numbers and the texts they were read from: from 2^53 on, whole numbers that differ may be the same double.
std::partial_ordering numberOrder(double left, double right, const QByteArray &leftText, const QByteArray &rightText);

} // namespace Headroom
