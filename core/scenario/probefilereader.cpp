// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probefilereader.h"

#include "core/scenario/probesourcereader.h"
#include "core/scenario/templatereader.h"

namespace Headroom {

namespace {

using Probe = Scenario::Probe;

} // namespace

void readGpuProbe(const FieldReader &fields, Probe &probe)
{
    probe.kind = Probe::Kind::Gpu;
    if (const auto which = fields.wholeIfWritten(u"gpu"))
        probe.gpu = int(*which);
}

void readCsvProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Csv;
    probe.file = readConstant(fields, u"csv", problems);
    if (fields.has(u"value"))
        probe.fields.push_back({{}, fields.text(u"value")});
    const YamlNode *values = fields.find(u"values");
    for (const YamlNode::Entry &entry : values ? values->entries : std::vector<YamlNode::Entry>()) {
        checkSeriesName(entry, problems);
        probe.fields.push_back({entry.key, entry.value.text});
    }
    if (probe.fields.empty())
        problems.error(
            fields.keyRange(u"csv"),
            QStringLiteral("'value' or 'values' is missing: the column that is added up, as in value: cost"));
}

void readSqliteProbe(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Sqlite;
    probe.file = readConstant(fields, u"sqlite", problems);
    probe.query = fields.text(u"query").trimmed();
    if (probe.query.isEmpty())
        problems.error(fields.keyRange(u"sqlite"),
                       QStringLiteral("'query' is missing: one SELECT that gives one number, "
                                      "as in query: SELECT sum(cost) FROM usage"));
}

} // namespace Headroom
