// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/textnetwork.h"

#include "core/report/terminaltext.h"

namespace Headroom {

QStringList networkLines(const ReportModel &model)
{
    constexpr int kColumns = 100;
    QStringList lines;
    for (const QString &text : {firstByteText(model.network), openingsText(model.network)}) {
        if (!text.isEmpty())
            lines += wrapped(text, kColumns, 2);
    }
    return lines;
}

} // namespace Headroom
