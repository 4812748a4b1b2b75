// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/healthreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/probesourcereader.h"
#include "core/scenario/targetreader.h"

#include <QSet>

namespace Headroom {

void readHealthProbe(const FieldReader &fields, Scenario::Probe &probe, Problems &problems)
{
    probe.kind = Scenario::Probe::Kind::Health;
    if (fields.has(u"health"))
        probe.url = readLocation(fields, u"health", problems).constant();
    probe.expect = fields.statuses(u"expect");
    probe.within = fields.duration(u"within");
}

void addTiers(const FieldReader &fields, const Scenario::Probe &all, std::vector<Scenario::Probe> &probes,
              Problems &problems)
{
    for (const YamlNode::Entry &entry : fields.find(u"tiers")->entries) {
        checkSeriesName(entry, problems);
        Scenario::Probe probe = all;
        probe.name = QStringLiteral("%1_%2").arg(all.name, entry.key);
        probe.url = readLocation(entry.value, fields, u"tiers", problems).constant();
        probes.push_back(std::move(probe));
    }
}

void checkNamesOfTiers(const std::vector<Scenario::Probe> &probes, Problems &problems)
{
    QSet<QString> names;
    for (const Scenario::Probe &probe : probes) {
        if (names.contains(probe.name))
            problems.error(probe.range,
                           QStringLiteral("two probes have the name %1, one of them by a tier; rename one")
                               .arg(formatQuoted(probe.name)));
        names.insert(probe.name);
    }
}

} // namespace Headroom
