// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/texttemplate.h"
#include "core/yaml/yamlreader.h"

#include <QByteArray>

#include <vector>

namespace Headroom {

/// A YAML tree as compact JSON in UTF-8. Scalars without quotes are null, true, false or numbers where YAML 1.2's core
/// schema says so; numbers keep their digits as written. What JSON cannot say (.inf, .nan) becomes a problem.
QByteArray toJson(const YamlNode &node, std::vector<YamlProblem> &problems);

class TemplateReader;
/// The same with templates in the scalars. One without quotes is taken for what it says once its vars are in it, and a
/// value of the running load that stands alone for what it says when it is sent: a number, true, false, or a string.
TextTemplate jsonTemplate(const YamlNode &node, const TemplateReader &reader, std::vector<YamlProblem> &problems);

/// A text as it stands inside the quotes of a JSON string.
QString jsonEscaped(const QString &text);

} // namespace Headroom
