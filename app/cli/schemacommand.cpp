// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "core/report/reportschema.h"
#include "core/report/sweepreport.h"
#include "core/scenario/scenarioschema.h"

namespace Headroom {

int schemaCommand(const QStringList &arguments)
{
    if (arguments == QStringList{QStringLiteral("scenario")}) {
        printOut(QString::fromUtf8(scenarioJsonSchema()).trimmed());
        return kExitMet;
    }
    if (arguments == QStringList{QStringLiteral("report")}) {
        printOut(QString::fromUtf8(reportJsonSchema()).trimmed());
        return kExitMet;
    }
    if (arguments == QStringList{QStringLiteral("sweep")}) {
        printOut(QString::fromUtf8(sweepJsonSchema()).trimmed());
        return kExitMet;
    }
    printError(QStringLiteral("name one schema: headroom schema scenario, headroom schema report, or headroom schema sweep"));
    return kExitUsage;
}

} // namespace Headroom
