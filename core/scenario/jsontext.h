// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/yamlreader.h"

#include <QByteArray>

#include <vector>

namespace Headroom {

/// A YAML tree as compact JSON in UTF-8. Scalars without quotes are null, true, false or numbers where YAML 1.2's core
/// schema says so; numbers keep their digits as written. What JSON cannot say (.inf, .nan) becomes a problem.
QByteArray toJson(const YamlNode &node, std::vector<YamlProblem> &problems);

} // namespace Headroom
