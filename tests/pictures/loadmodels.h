// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loadcourse.h"

#include <QByteArrayList>

#include <vector>

namespace Headroom {

/// One row of the table of load models: what is written, and a target to show it on.
struct LoadModel
{
    QString picture; ///< load-NAME.svg
    QString title;
    QByteArray load; ///< The scenario's load, and flows if it needs its own; empty: the search for the limit.
    ServiceTime serviceTime;
    QByteArrayList sweep{}; ///< Loads of further runs, for a sweep.
    LoadCourse course() const;
};

const std::vector<LoadModel> &loadModels();

} // namespace Headroom
