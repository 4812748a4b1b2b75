// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadcourse.h"

#include <QByteArray>

namespace Headroom {

/// A small picture of what a load does: above, the plan (rate or users over time); below, every request as a bar, pale
/// where it waited for a free user; arrivals as ticks between them. SVG, readable on light and dark pages.
QByteArray drawLoad(const LoadCourse &course, const QString &title);

} // namespace Headroom
