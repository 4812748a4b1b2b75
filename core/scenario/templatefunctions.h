// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/texttemplate.h"

namespace Headroom {

// The values that every load gives: user, iteration, uuid, now, random(1, 100), choice(a, b).

/// Their names, those with arguments as an example: "random(1, 100)".
QStringList builtInNames();
/// Whether it is one of them, whatever stands behind it.
bool isBuiltIn(const QString &name);
/// Errors: a sentence, for arguments that are missing, too many or wrong.
std::expected<TemplateValue, QString> builtInValue(const TemplatePart &part);
/// A placeholder as it is written, in one way for all: "random(1, 100)".
QString writtenPart(const TemplatePart &part);

} // namespace Headroom
