// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/diagnostic.h"

#include <algorithm>

namespace Headroom {

bool hasErrors(const Diagnostics &diagnostics)
{
    return std::ranges::contains(diagnostics, Diagnostic::Severity::Error, &Diagnostic::severity);
}

QString formatDiagnostic(const QString &file, const Diagnostic &diagnostic)
{
    const bool isWarning = diagnostic.severity == Diagnostic::Severity::Warning;
    const TextPosition place = diagnostic.range.start;
    return file + QStringLiteral(":%1:%2: ").arg(place.line).arg(place.column)
        + (isWarning ? QStringLiteral("warning: ") : QString()) + diagnostic.message;
}

} // namespace Headroom
