// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmltables.h"

#include "core/base/humanformat.h"
#include "core/report/htmltimes.h"

namespace Headroom {

namespace {

std::vector<Html> firstByteRow(const FirstByteTimes &window)
{
    return estimatedRow(QStringLiteral("First byte"), window.times,
                        [&](double quantile) { return window.interval(quantile); });
}

QString openedText(const ReportModel &model)
{
    const QString firstByte =
        QStringLiteral("First byte: from the send, over the measured requests with a service time. ");
    if (!model.network.openings)
        return firstByte
            + QStringLiteral("When connections were opened is not known: the transport %1 cannot tell.")
                  .arg(model.head.facts.transport);
    const OpeningSet &openings = *model.network.openings;
    return firstByte
        + QStringLiteral("Connections, over all seconds: %1 opened, %2 of them with the TLS session of an earlier one.")
              .arg(formatCount(openings.opened()), formatCount(openings.resumed()));
}

} // namespace

Html networkHtml(const ReportModel &model)
{
    const NetworkFigures &network = model.network;
    HtmlTable table = timesTable("network-table", "Time");
    if (!network.measuredFirstByte.times.isEmpty())
        table.addRow(firstByteRow(network.measuredFirstByte));
    for (const auto &[name, part] :
         {std::pair("Look-up", OpeningPart::Resolve), std::pair("Connect", OpeningPart::Connect),
          std::pair("TLS handshake", OpeningPart::Tls)}) {
        if (network.openings && !(*network.openings)[part].isEmpty())
            table.addRow(lagRow(name, (*network.openings)[part]));
    }
    if (table.isEmpty())
        return {};
    Html html = table.html();
    html += noteHtml(openedText(model));
    return sectionHtml("network", "First byte and connections", html);
}

} // namespace Headroom
