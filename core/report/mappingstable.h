// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/html.h"
#include "core/report/jsonvalue.h"
#include "core/report/reportmodel.h"

namespace Headroom {

/// What held the memory of the processes of one probe, before the load and at its end.
struct MappingsTable
{
    struct Row
    {
        QString name;
        std::optional<std::uint64_t>
            start; ///< Bytes; missing without a look, and when it is not among those that it kept.
        std::optional<std::uint64_t> end;
        std::optional<double> growth() const; ///< Bytes; negative when it has shrunk.
    };
    static constexpr std::size_t kMostRows = 10;

    QString probe;
    Row total; ///< Of all, without a name.
    std::vector<Row> rows; ///< Those with most at the start or at the end, most first.
    bool isWhole = true; ///< Else a look has left some out.
};

/// One for each probe, in the order of their first look; of several looks at the start the first counts, of several at
/// the end the last.
std::vector<MappingsTable> mappingsTables(const std::vector<MappingsLook> &looks);

/// "+1.5 MiB"; empty where growth() is nothing.
QString growthText(const MappingsTable::Row &row);

/// Those of a session's attachments that are such looks.
Result<std::vector<MappingsLook>> mappingsIn(const SessionReader &session);

/// The report's "memory_mappings".
Json mappingsJson(const ReportModel &model);
Json mappingsSchema();
/// The same as tables; nothing without any.
Html mappingsHtml(const ReportModel &model);

} // namespace Headroom
