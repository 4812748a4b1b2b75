// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/capturereader.h"

#include "core/base/humanformat.h"
#include "core/base/timelink.h"
#include "core/scenario/targetreader.h"
#include "core/scenario/templatereader.h"

namespace Headroom {

namespace {

using Capture = Scenario::Capture;

constexpr std::size_t kMostDashboards = 50;
const QString kFile = QStringLiteral("${file}");

bool startsTarget(const FieldReader &target)
{
    return target.written(u"practice") || target.written(u"start") || target.object(u"lines").written(u"command");
}

/// "target", or fields that name another process.
void readProcess(const FieldReader &fields, QStringView tool, const FieldReader &target, Capture &capture,
                 Problems &problems)
{
    const YamlNode *written = fields.find(tool);
    if (written->isScalar()) {
        if (written->text != QLatin1String("target"))
            problems.error(written->range,
                           QStringLiteral("%1 is no process; write target, or which one it is, as in { port: 8080 }")
                               .arg(formatQuoted(written->text)));
        else if (!startsTarget(target))
            problems.error(
                written->range,
                QStringLiteral("the run does not start the target itself; name the process, as in { port: 8080 }"));
        return;
    }
    const FieldReader process = fields.object(tool);
    if (const auto port = process.wholeIfWritten(u"port"))
        capture.port = int(*port);
    if (const auto pid = process.wholeIfWritten(u"pid"))
        capture.pid = int(*pid);
    capture.processName = process.text(u"name");
}

QString readCommand(const FieldReader &fields, Problems &problems)
{
    // Stands for the name of a file that nobody knows yet; no text has it, as it is for private use.
    const QString mark(QChar(0xe000));
    YamlNode node = *fields.find(u"command");
    if (!node.text.contains(kFile))
        problems.error(
            node.range,
            QStringLiteral("the command is not told where to write; put ${file} where it takes the name of a "
                           "file, as in ./capture.sh ${file}"));
    node.text.replace(kFile, mark);
    const auto text = TemplateReader(fields, u"command", problems).read(node, TextPlace::Plain);
    return text && text->isConstant() ? text->constant().replace(mark, kFile) : QString();
}

} // namespace

void readCapture(const FieldReader &fields, const FieldReader &target, Scenario::Action &action, Problems &problems)
{
    const FieldReader profile = fields.object(u"profile");
    Capture capture;
    capture.length = profile.duration(u"for");
    capture.isUnwound = profile.text(u"call_graph") == QLatin1String("dwarf");
    if (profile.has(u"perf")) {
        capture.kind = Capture::Kind::Perf;
        readProcess(profile, u"perf", target, capture, problems);
    } else if (profile.has(u"py_spy")) {
        capture.kind = Capture::Kind::PySpy;
        readProcess(profile, u"py_spy", target, capture, problems);
    } else if (profile.has(u"url")) {
        capture.kind = Capture::Kind::Url;
        Scenario::Call call;
        call.method = QByteArrayLiteral("GET");
        call.path = readLocation(profile, u"url", problems);
        call.headers = readHeaders(fields, problems);
        call.expect = {{200, 299}};
        call.range = Problems::shownPlace(fields.range());
        action.call = std::move(call);
    } else if (profile.has(u"command")) {
        capture.kind = Capture::Kind::Command;
        if (profile.find(u"command")->isScalar())
            action.command = readCommand(profile, problems);
    }
    action.capture = capture;
}

std::vector<std::pair<QString, QString>> readDashboards(const FieldReader &root, Problems &problems)
{
    std::vector<std::pair<QString, QString>> dashboards;
    const YamlNode *named = root.find(u"dashboards");
    if (!named || !named->isMapping())
        return dashboards;
    if (named->entries.size() > kMostDashboards)
        problems.error(
            root.keyRange(u"dashboards"),
            QStringLiteral("there are %1 dashboards; %2 are the most").arg(named->entries.size()).arg(kMostDashboards));
    const TemplateReader reader(root, u"dashboards", problems);
    for (const YamlNode::Entry &entry : named->entries) {
        if (!entry.value.isScalar())
            continue;
        const auto address = reader.read(entry.value, TextPlace::Plain);
        if (!address)
            continue;
        if (const QString misfit = misfitOfTimeLink(address->constant()); !misfit.isEmpty())
            problems.error(entry.value.range, QStringLiteral("the address %1").arg(misfit));
        dashboards.emplace_back(entry.key, address->constant());
    }
    return dashboards;
}

} // namespace Headroom
