// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probereader.h"

#include "core/base/humanformat.h"
#include "core/scenario/healthreader.h"
#include "core/scenario/probefilereader.h"
#include "core/scenario/probesourcereader.h"
#include "core/scenario/targetreader.h"

namespace Headroom {

namespace {

using Probe = Scenario::Probe;

void readProcess(const FieldReader &whole, const FieldReader &target, Probe &probe, Problems &problems)
{
    const FieldReader fields = whole.object(u"process");
    probe.kind = Probe::Kind::Process;
    if (const auto port = fields.wholeIfWritten(u"port"))
        probe.port = int(*port);
    if (const auto pid = fields.wholeIfWritten(u"pid"))
        probe.pid = int(*pid);
    probe.processName = fields.text(u"name");
    probe.unit = fields.text(u"unit");
    probe.hasChildren = fields.boolean(u"children");
    probe.hasPss = fields.boolean(u"pss");
    probe.hasMappings = fields.boolean(u"mappings");
    if (whole.has(u"heap"))
        probe.heap = readLocation(whole, u"heap", problems).constant();
    probe.isPractice = fields.has(u"practice") || fields.has(u"target");
    if (fields.has(u"practice") && !target.written(u"practice"))
        problems.error(fields.keyRange(u"practice"),
                       QStringLiteral("the target is no practice target; name the process by port or pid"));
    const bool startsTarget = target.written(u"practice") || target.written(u"start")
        || target.object(u"lines").written(u"command");
    if (fields.has(u"target") && !startsTarget)
        problems.error(fields.keyRange(u"target"),
                       QStringLiteral("the run does not start the target itself; name the process by port or pid"));
}

void takeField(const QString &name, const YamlNode &path, Probe &probe, Problems &problems)
{
    if (path.isScalar() && !path.text.startsWith(u'$'))
        problems.error(path.range,
                       QStringLiteral("%1 is not a JSONPath; begin it with '$', as in $.queue_depth")
                           .arg(formatQuoted(path.text)));
    probe.fields.push_back({name, path.text});
}

void readJson(const FieldReader &fields, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Json;
    probe.url = readLocation(fields, u"json", problems).constant();
    if (const YamlNode *value = fields.find(u"value"))
        takeField({}, *value, probe, problems);
    const YamlNode *values = fields.find(u"values");
    for (const YamlNode::Entry &entry : values ? values->entries : std::vector<YamlNode::Entry>()) {
        checkSeriesName(entry, problems);
        takeField(entry.key, entry.value, probe, problems);
    }
    if (probe.fields.empty())
        problems.error(fields.keyRange(u"json"),
                       QStringLiteral("'value' or 'values' is missing: what to pick from the answer, "
                                      "as in value: $.queue_depth"));
}

void readCgroup(const FieldReader &fields, Probe &probe)
{
    probe.kind = Probe::Kind::Cgroup;
    const QString written = fields.text(u"cgroup");
    (written.startsWith(u'/') ? probe.cgroup : probe.unit) = written;
}

/// By its kind; SchemaCheck has seen to it that it has one.
void readKind(const FieldReader &fields, const FieldReader &target, Probe &probe, Problems &problems)
{
    if (fields.has(u"json"))
        readJson(fields, probe, problems);
    else if (fields.has(u"process"))
        readProcess(fields, target, probe, problems);
    else if (fields.has(u"cgroup"))
        readCgroup(fields, probe);
    else if (fields.has(u"host"))
        probe.kind = Probe::Kind::Host;
    else if (fields.has(u"prometheus"))
        readPrometheusProbe(fields, probe, problems);
    else if (fields.has(u"promql"))
        readPromQlProbe(fields, probe, problems);
    else if (fields.has(u"redis"))
        readRedisProbe(fields, probe, problems);
    else if (fields.has(u"log"))
        readLogProbe(fields, probe, problems);
    else if (fields.has(u"command"))
        readCommandProbe(fields, probe, problems);
    else if (fields.has(u"gpu"))
        readGpuProbe(fields, probe);
    else if (fields.has(u"csv"))
        readCsvProbe(fields, probe, problems);
    else if (fields.has(u"sqlite"))
        readSqliteProbe(fields, probe, problems);
    else if (fields.has(u"health") || fields.has(u"tiers"))
        readHealthProbe(fields, probe, problems);
}

} // namespace

std::vector<Probe> readProbes(const FieldReader &root, Problems &problems)
{
    std::vector<Probe> probes;
    const YamlNode *named = root.find(u"probes");
    if (!named)
        return probes;
    const FieldReader target = root.object(u"target");
    const SchemaNode &schema = schemaTree().child(u"probes")->item();
    for (const YamlNode::Entry &entry : named->entries) {
        const FieldReader fields(&entry.value, schema, root.scope());
        Probe probe;
        probe.name = entry.key;
        checkSeriesName(entry, problems);
        probe.every = fields.duration(u"every");
        probe.range = Problems::shownPlace({entry.keyRange.start, entry.value.range.end});
        readKind(fields, target, probe, problems);
        if (fields.has(u"tiers"))
            addTiers(fields, probe, probes, problems);
        else
            probes.push_back(std::move(probe));
    }
    checkNamesOfTiers(probes, problems);
    return probes;
}

} // namespace Headroom
