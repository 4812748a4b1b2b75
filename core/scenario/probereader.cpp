// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/probereader.h"

#include "core/base/humanformat.h"
#include "core/scenario/targetreader.h"

#include <algorithm>

namespace Headroom {

namespace {

using Probe = Scenario::Probe;

/// Rules write probe.field, so a name has no dot, no blank and no bracket.
void checkPlainName(const YamlNode::Entry &entry, Problems &problems)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    if (entry.key.isEmpty() || !std::ranges::all_of(entry.key, isPlain)) {
        problems.error(
            entry.keyRange,
            QStringLiteral("%1 cannot be a name here; use letters, digits, '_' and '-'").arg(formatQuoted(entry.key)));
    }
}

void readProcess(const FieldReader &fields, const FieldReader &target, Probe &probe, Problems &problems)
{
    probe.kind = Probe::Kind::Process;
    if (const auto port = fields.wholeIfWritten(u"port"))
        probe.port = int(*port);
    if (const auto pid = fields.wholeIfWritten(u"pid"))
        probe.pid = int(*pid);
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
        checkPlainName(entry, problems);
        takeField(entry.key, entry.value, probe, problems);
    }
    if (probe.fields.empty())
        problems.error(fields.keyRange(u"json"),
                       QStringLiteral("'value' or 'values' is missing: what to pick from the answer, "
                                      "as in value: $.queue_depth"));
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
        checkPlainName(entry, problems);
        probe.every = fields.duration(u"every");
        probe.range = Problems::shownPlace({entry.keyRange.start, entry.value.range.end});
        if (fields.has(u"json"))
            readJson(fields, probe, problems);
        else if (fields.has(u"process"))
            readProcess(fields.object(u"process"), target, probe, problems);
        probes.push_back(std::move(probe));
    }
    return probes;
}

} // namespace Headroom
