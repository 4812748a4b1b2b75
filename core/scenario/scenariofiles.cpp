// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenariofiles.h"

#include <QDir>

namespace Headroom {

namespace {

/// Takes each name that is not empty; the folder's only where it is relative.
class FileCollector
{
public:
    explicit FileCollector(const QString &folder)
        : m_folder(folder)
    {
    }
    void add(const QString &file)
    {
        if (!file.isEmpty())
            m_files << QDir::cleanPath(m_folder.absoluteFilePath(file));
    }
    void add(const std::optional<Scenario::Body> &body)
    {
        if (!body)
            return;
        add(body->file);
        for (const Scenario::Part &part : body->parts)
            add(part.file);
    }
    void add(const std::vector<Scenario::Step> &steps)
    {
        for (const Scenario::Step &step : steps) {
            add(step.body);
            add(step.steps);
        }
    }
    void add(const std::vector<Scenario::Action> &actions)
    {
        for (const Scenario::Action &action : actions) {
            if (action.call)
                add(action.call->body);
            add(action.ladder);
        }
    }
    QStringList files()
    {
        m_files.removeDuplicates();
        return m_files;
    }

private:
    const QDir m_folder;
    QStringList m_files;
};

} // namespace

QStringList filesOf(const Scenario &scenario)
{
    const Scenario::Target &target = scenario.target;
    if (target.folder.isEmpty())
        return {};
    FileCollector collector(target.folder);
    for (const Scenario::Tls::File *file : {&target.tls.authorities, &target.tls.certificate, &target.tls.key})
        collector.add(file->path);
    for (const Scenario::Feed &feed : scenario.feeds)
        collector.add(feed.file);
    for (const Scenario::Flow &flow : scenario.flows)
        collector.add(flow.steps);
    if (scenario.load.batches && scenario.load.batches->between)
        collector.add(scenario.load.batches->between->body);
    collector.add(scenario.actions);
    for (const Scenario::Probe &probe : scenario.probes)
        collector.add(probe.file);
    for (const Scenario::Secret &secret : scenario.secrets) {
        if (secret.source == Scenario::Secret::Source::File)
            collector.add(secret.location);
    }
    return collector.files();
}

} // namespace Headroom
