// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textslowest.h"

#include "core/base/humanformat.h"
#include "core/report/slowestrows.h"
#include "core/report/terminaltext.h"

namespace Headroom {

QStringList slowestLines(const ReportModel &model)
{
    constexpr int kColumns = 100;
    constexpr int kNameColumns = 24;
    QStringList parts;
    if (!model.slowest.empty()) {
        const auto &[step, exchange] = model.slowest.front();
        const RawSample &sample = exchange.sample;
        parts << QStringLiteral("Slowest: %1, %2 at %3 (send lag %4, first byte %5)")
                     .arg(shortened(cleaned(step), kNameColumns), formatDuration(sample.responseTime()),
                          formatElapsed(sample.planned), formatDuration(sample.sent), formatDuration(sample.firstByte));
    }
    if (model.samples && model.samples->keeping != SampleKeeping::Off)
        parts << QStringLiteral("%1 of %2 kept whole")
                     .arg(formatCount(model.samples->kept), formatCount(model.samples->candidates));
    if (parts.isEmpty())
        return {};
    return {shortened(parts.join(QStringLiteral("; ")), kColumns)};
}

} // namespace Headroom
