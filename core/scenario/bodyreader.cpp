// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/bodyreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/httptext.h"
#include "core/scenario/namekeeper.h"
#include "core/scenario/scenariopath.h"
#include "core/scenario/templatereader.h"

#include <QFileInfo>
#include <QHash>
#include <QMimeDatabase>

namespace Headroom {

namespace {

using Body = Scenario::Body;
using Part = Scenario::Part;

constexpr qint64 kMostFileBytes = 64 * 1024 * 1024;
constexpr qint64 kMostBytes = 256 * 1024 * 1024; // of all files together

/// By its name alone; what is in it does not matter.
QByteArray contentTypeOf(const QString &file)
{
    return QMimeDatabase().mimeTypeForFile(file, QMimeDatabase::MatchExtension).name().toLatin1();
}

QString readPath(const FieldReader &fields, Problems &problems)
{
    const QString file = readConstant(fields, u"file", problems);
    if (const QString problem = pathProblem(file); !file.isEmpty() && !problem.isEmpty())
        problems.error(fields.find(u"file")->range, problem);
    return file;
}

void readFilePart(const FieldReader &fields, Part &part, Problems &problems)
{
    part.file = readPath(fields, problems);
    part.fileName = fields.has(u"name") ? readConstant(fields, u"name", problems) : QFileInfo(part.file).fileName();
    part.contentType = contentTypeOf(part.file);
}

Part readPart(const YamlNode::Entry &entry, const FieldReader &fields, SchemaField::Templates templates,
              Problems &problems)
{
    Part part;
    part.name = entry.key;
    checkName(part.name, entry.keyRange, problems);
    if (entry.value.isScalar()) {
        const TemplateReader reader(fields.scope(), templates, problems);
        part.text = reader.read(entry.value, TextPlace::Plain).value_or(TextTemplate());
        return part;
    }
    if (const YamlNode *text = fields.find(u"text"))
        part.text = TemplateReader(fields, u"text", problems).read(*text, TextPlace::Plain).value_or(TextTemplate());
    if (fields.has(u"file"))
        readFilePart(fields, part, problems);
    else if (fields.has(u"name"))
        part.fileName = readConstant(fields, u"name", problems);
    if (!fields.has(u"type"))
        return part;
    const QString type = readConstant(fields, u"type", problems);
    if (const QString problem = headerValueProblem(type); !problem.isEmpty() || !type.contains(u'/'))
        problems.error(
            fields.find(u"type")->range,
            QStringLiteral("%1 is no content type; write one such as application/pdf").arg(formatQuoted(type)));
    part.contentType = type.toLatin1();
    return part;
}

/// The boundary between the parts stands in it.
void refuseContentType(const FieldReader &fields, Problems &problems)
{
    const YamlNode *headers = fields.find(u"headers");
    for (const YamlNode::Entry &entry : headers ? headers->entries : std::vector<YamlNode::Entry>()) {
        if (entry.key.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0)
            problems.error(entry.keyRange, QStringLiteral("multipart makes its own Content-Type; remove this one"));
    }
}

Body readParts(const FieldReader &fields, const SchemaNode &schema, Problems &problems)
{
    Body body{{}, "multipart/form-data"};
    refuseContentType(fields, problems);
    for (const YamlNode::Entry &entry : fields.find(u"multipart")->entries) {
        const FieldReader part(entry.value.isMapping() ? &entry.value : nullptr, schema, fields.scope());
        body.parts.push_back(readPart(entry, part, schema.field->templates, problems));
    }
    return body;
}

/// Reads files for bodies, each once.
class BodyLoader
{
public:
    BodyLoader(const QString &folder, Diagnostics &problems)
        : m_folder(folder)
        , m_problems(problems)
    {
    }
    void load(std::optional<Body> &body, const TextRange &place)
    {
        if (!body)
            return;
        take(body->file, body->content, place);
        for (Part &part : body->parts)
            take(part.file, part.content, place);
    }
    void load(std::vector<Scenario::Step> &steps)
    {
        for (Scenario::Step &step : steps) {
            load(step.body, step.range);
            load(step.steps);
        }
    }
    void load(std::vector<Scenario::Action> &actions)
    {
        for (Scenario::Action &action : actions) {
            if (action.call)
                load(action.call->body, action.call->range);
            load(action.ladder);
        }
    }

private:
    void take(const QString &file, QByteArray &content, const TextRange &place)
    {
        if (file.isEmpty())
            return;
        if (const auto known = m_read.constFind(file); known != m_read.constEnd()) {
            content = *known;
            return;
        }
        auto bytes = readFileInside(m_folder, file, kMostFileBytes);
        if (bytes && (m_bytes += bytes->size()) > kMostBytes)
            bytes = failure(Error::Code::InvalidInput,
                            QStringLiteral("the files of all bodies are larger than %1 together; make "
                                           "them smaller")
                                .arg(formatBytes(double(kMostBytes))));
        if (!bytes) {
            m_problems.push_back({Diagnostic::Severity::Error, place, bytes.error().message});
            return;
        }
        content = *bytes;
        m_read.insert(file, *bytes);
    }

    const QString m_folder;
    Diagnostics &m_problems;
    QHash<QString, QByteArray> m_read;
    qint64 m_bytes = 0;
};

} // namespace

std::optional<Body> readFileBody(const FieldReader &fields, Problems &problems)
{
    if (fields.has(u"multipart"))
        return readParts(fields, fields.schemaBelow(u"multipart").item(), problems);
    if (!fields.has(u"file"))
        return std::nullopt;
    Body body;
    body.file = readPath(fields, problems);
    body.contentType = contentTypeOf(body.file);
    return body;
}

void loadBodies(Scenario &scenario, Diagnostics &problems)
{
    if (scenario.target.folder.isEmpty())
        return;
    BodyLoader loader(scenario.target.folder, problems);
    for (Scenario::Flow &flow : scenario.flows)
        loader.load(flow.steps);
    if (scenario.load.batches && scenario.load.batches->between)
        loader.load(scenario.load.batches->between->body, scenario.load.batches->between->range);
    loader.load(scenario.actions);
}

} // namespace Headroom
