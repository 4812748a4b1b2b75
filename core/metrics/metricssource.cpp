// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/metricssource.h"

// The home of the class's meta-object.
#include "moc_metricssource.cpp"
