// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "core/report/reportschema.h"
#include "core/report/suitereport.h"
#include "core/report/sweepreport.h"
#include "core/scenario/scenarioschema.h"
#include "core/scenario/suite.h"
#include "core/sessiontools/exportschema.h"

namespace Headroom {

namespace {

constexpr std::pair<QLatin1String, QByteArray (*)()> kSchemas[] = {
    {QLatin1String("scenario"), scenarioJsonSchema}, {QLatin1String("suite"), suiteJsonSchema},
    {QLatin1String("report"), reportJsonSchema},     {QLatin1String("sweep"), sweepJsonSchema},
    {QLatin1String("suite-report"), suiteReportJsonSchema}, {QLatin1String("export"), exportJsonSchema},
};

} // namespace

int schemaCommand(const QStringList &arguments)
{
    QStringList names;
    for (const auto &[name, schema] : kSchemas) {
        if (arguments == QStringList{name}) {
            printOut(QString::fromUtf8(schema()).trimmed());
            return kExitMet;
        }
        names << name;
    }
    printError(QStringLiteral("name one schema, as in headroom schema scenario: ") + names.join(QStringLiteral(", ")));
    return kExitUsage;
}

} // namespace Headroom
