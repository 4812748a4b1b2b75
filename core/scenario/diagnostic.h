// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/textrange.h"

#include <QString>

#include <vector>

namespace Headroom {

/// One problem in a scenario. All of them are found at once, sorted by place.
struct Diagnostic
{
    enum class Severity { Error, Warning };
    Severity severity = Severity::Error;
    TextRange range;
    QString message; ///< One sentence: what is wrong and what to write instead; without a final full stop.
};
using Diagnostics = std::vector<Diagnostic>;

bool hasErrors(const Diagnostics &diagnostics);
/// "file:line:column: text", with "warning: " before the text of a warning.
QString formatDiagnostic(const QString &file, const Diagnostic &diagnostic);

} // namespace Headroom
