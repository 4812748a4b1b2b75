// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Headroom {

/// What a JSON Schema has to say against a JSON text, by a validator that is not ours: "/rules/0: ..."; empty when the
/// text keeps to it. Throws what is wrong with the JSON itself.
QStringList schemaProblems(const QByteArray &schema, const QByteArray &json);

} // namespace Headroom
