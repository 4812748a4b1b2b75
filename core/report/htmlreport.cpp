// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlreport.h"

#include "core/report/attachmentlist.h"
#include "core/report/htmlactions.h"
#include "core/report/htmlcharts.h"
#include "core/report/htmllimit.h"
#include "core/report/htmlmemory.h"
#include "core/report/htmlobjectives.h"
#include "core/report/htmlobservations.h"
#include "core/report/htmlpage.h"
#include "core/report/htmlrecords.h"
#include "core/report/htmlrules.h"
#include "core/report/htmltables.h"
#include "core/report/htmltargethealth.h"
#include "core/report/htmlverdict.h"
#include "core/report/profilereport.h"
#include "core/report/mappingstable.h"

namespace Headroom {

namespace {

Html titleHtml(const ReportModel &model)
{
    return Html::text(QStringLiteral("%1: %2").arg(model.head.facts.name, verdictText(model)));
}

Html tablesHtml(const ReportModel &model)
{
    Html html;
    for (const auto section : {totalsHtml, stepsHtml, networkHtml, slowestHtml, observationsHtml, failuresHtml, stagesHtml, targetHealthHtml, actionsHtml, analysisHtml, batchesHtml, flowsHtml, probesHtml, memoryHtml, resourcesHtml, mappingsHtml, eventsHtml, profilesHtml, attachmentsHtml, dashboardsHtml,
                               healthHtml, environmentHtml, scenarioHtml})
        html += section(model);
    return html;
}

// Only these two scripts may run, and nothing may be loaded from anywhere.
QByteArray policy(const QByteArray &library, const QByteArray &script)
{
    return "default-src 'none'; script-src " + scriptHash(library) + ' ' + scriptHash(script)
        + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
}

} // namespace

QByteArray htmlReport(const ReportModel &model)
{
    const QByteArray library = pageFile("dygraph.min.js");
    const QByteArray script = pageFile("report.js");
    const auto bytes = [](const Html &html) { return html.markup().toUtf8(); };
    return filledTemplate(pageFile("report.html"),
                          {{"policy", policy(library, script)},
                           {"title", bytes(titleHtml(model))},
                           {"style", pageFile("dygraph.min.css") + '\n' + pageFile("report.css")},
                           {"head", bytes(headHtml(model))},
                           {"verdict", bytes(verdictHtml(model)) + bytes(limitHtml(model))},
                           {"figures", bytes(figuresHtml(model))},
                           {"rules", bytes(objectivesHtml(model)) + bytes(rulesHtml(model))},
                           {"signature", bytes(signatureHtml())},
                           {"charts", bytes(chartsHtml(model))},
                           {"tables", bytes(tablesHtml(model))},
                           {"version", bytes(Html::text(model.head.toolVersion))},
                           {"licence", bytes(Html::block(QString::fromUtf8(pageFile("dygraphs-licence.txt"))))},
                           {"data", chartData(model)},
                           {"library", library},
                           {"script", script}})
        + '\n';
}

} // namespace Headroom
