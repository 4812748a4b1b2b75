// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/confidence.h"

namespace Headroom {

/// A value and its 95 % interval, both in the same unit.
struct Estimate
{
    double value = 0.0;
    Interval<double> interval;
};

/// after - factor x before, of two windows that have nothing to do with each other, with its 95 % interval. An end is
/// open when one that it rests on is.
///
/// As wide as the two intervals make it: those of quantiles and shares are lopsided, and so is this one, where a
/// difference with a standard error would be symmetrical. Samples that resemble each other are accounted for when they
/// are in the two. Range: factor from 0 up; a value lies within its interval.
/// Source: square-and-add of the two distances, method 10 of Newcombe (Statistics in Medicine 17, 1998) for shares;
/// for any two estimates as MOVER (Zou and Donner, Statistics in Medicine 27, 2008, formulas 3 and 4).
Estimate differenceOf(const Estimate &after, const Estimate &before, double factor = 1.0);

} // namespace Headroom
