// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/connectionreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/scenariopath.h"
#include "core/scenario/templatereader.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

using Connection = Scenario::Connection;
using Tls = Scenario::Tls;

constexpr qint64 kMostFileBytes = 4 * 1024 * 1024; // all authorities of a system are a quarter of a MiB

TextRange placeOf(const FieldReader &fields, QStringView name)
{
    const YamlNode *node = fields.find(name);
    return node ? Problems::shownPlace(node->range) : TextRange();
}

std::vector<std::pair<QString, TextRange>> readSources(const FieldReader &fields, Problems &problems)
{
    std::vector<std::pair<QString, TextRange>> sources;
    const YamlNode *list = fields.find(u"from");
    const TemplateReader reader(fields, u"from", problems);
    for (const YamlNode &item : list ? list->items : std::vector<YamlNode>()) {
        if (const auto text = item.isScalar() ? reader.read(item, TextPlace::Plain) : std::nullopt)
            sources.emplace_back(text->constant(), Problems::shownPlace(item.range));
    }
    if (list && list->items.empty())
        problems.error(fields.keyRange(u"from"),
                       QStringLiteral("'from' names no address; write some, such as 127.0.0.2, or remove it"));
    return sources;
}

Connection readConnection(const FieldReader &fields, Problems &problems)
{
    return {.isReused = fields.boolean(u"reuse"),
            .isHttp2 = fields.text(u"http") == u"2",
            .streams = int(fields.whole(u"streams")),
            .family = fields.text(u"family"),
            .isResolvedEachTime = fields.text(u"resolve") == u"each",
            .socket = readConstant(fields, u"socket", problems),
            .from = readSources(fields, problems),
            .range = Problems::shownPlace(fields.range())};
}

/// Fields that ask for more than QNetworkAccessManager can do.
void refuseDirectOnly(const FieldReader &fields, const Connection &connection, Problems &problems)
{
    const auto refuse = [&](QStringView name, bool isAsked, const char *what) {
        if (isAsked)
            problems.error(
                fields.keyRange(name),
                QStringLiteral("the transport qnam cannot %1; transport: direct can").arg(QLatin1String(what)));
    };
    refuse(u"reuse", !connection.isReused, "make a new connection for each request");
    refuse(u"http", connection.isHttp2, "share connections by HTTP/2");
    refuse(u"family", connection.family != u"any", "choose between IPv4 and IPv6");
    refuse(u"resolve", connection.isResolvedEachTime, "look a name up for each connection");
    refuse(u"socket", fields.has(u"socket"), "go to a local socket");
    refuse(u"from", fields.has(u"from"), "choose the address that connections come from");
}

void checkTogether(const FieldReader &fields, const Connection &connection, const Scenario::Target &target,
                   Problems &problems)
{
    const auto problem = [&](QStringView name, const QString &message) {
        problems.error(fields.keyRange(name), message);
    };
    if (connection.streams > 1 && !connection.isHttp2)
        problem(u"streams", QStringLiteral("only HTTP/2 has streams; write http: 2 beside it, or remove it"));
    if (!connection.isReused && connection.streams > 1)
        problem(u"streams",
                QStringLiteral(
                    "connections that are made for one request have one stream; remove 'streams', or 'reuse: false'"));
    const auto besideSocket = [&](QStringView name, bool isAsked) {
        if (isAsked && !connection.socket.isEmpty())
            problem(name,
                    QStringLiteral("a local socket has no address, so '%1' means nothing beside it; remove one of them")
                        .arg(name));
    };
    besideSocket(u"family", connection.family != u"any");
    besideSocket(u"resolve", connection.isResolvedEachTime);
    besideSocket(u"from", fields.has(u"from"));
    if (!target.practice)
        return;
    if (connection.isHttp2)
        problem(u"http",
                QStringLiteral(
                    "the practice target speaks HTTP/1.1 only; remove this, or write the url of another target"));
    if (!connection.socket.isEmpty())
        problem(u"socket",
                QStringLiteral(
                    "the practice target listens on a port and not on a socket; write the url of another target"));
    if (connection.family == u"ipv6")
        problem(u"family", QStringLiteral("the practice target listens on 127.0.0.1, which is IPv4; remove this"));
}

Tls::File readFile(const FieldReader &fields, QStringView name, Problems &problems)
{
    Tls::File file{readConstant(fields, name, problems), placeOf(fields, name)};
    if (const QString problem = pathProblem(file.path); fields.has(name) && !problem.isEmpty())
        problems.error(fields.find(name)->range, problem);
    return file;
}

Tls readTls(const FieldReader &fields, Problems &problems)
{
    static const QRegularExpression hostName(QStringLiteral("\\A[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\\z"));
    Tls tls{.authorities = readFile(fields, u"authorities", problems),
            .certificate = readFile(fields, u"certificate", problems),
            .key = readFile(fields, u"key", problems),
            .serverName = readConstant(fields, u"server_name", problems),
            .isVerified = fields.boolean(u"verify"),
            .isResumed = fields.boolean(u"resume"),
            .range = Problems::shownPlace(fields.range())};
    if (fields.has(u"server_name") && !hostName.match(tls.serverName).hasMatch())
        problems.error(fields.find(u"server_name")->range,
                       QStringLiteral("%1 is no name of a host; write one such as api.example.com")
                           .arg(formatQuoted(tls.serverName)));
    if (!tls.isVerified && fields.has(u"authorities"))
        problems.error(
            fields.keyRange(u"authorities"),
            QStringLiteral("nobody is asked for their certificate's authority with verify: false; remove one of them"));
    return tls;
}

} // namespace

void readConnections(const FieldReader &target, Scenario::Target &into, Problems &problems)
{
    const FieldReader connection = target.object(u"connection");
    into.connection = readConnection(connection, problems);
    if (into.transport == u"qnam" && !into.lines)
        refuseDirectOnly(connection, into.connection, problems);
    checkTogether(connection, into.connection, into, problems);
    into.tls = readTls(target.object(u"tls"), problems);
}

void loadTlsFiles(Scenario &scenario, Diagnostics &problems)
{
    const QString &folder = scenario.target.folder;
    if (folder.isEmpty())
        return;
    for (Tls::File *file :
         {&scenario.target.tls.authorities, &scenario.target.tls.certificate, &scenario.target.tls.key}) {
        if (file->path.isEmpty())
            continue;
        if (auto bytes = readFileInside(folder, file->path, kMostFileBytes)) {
            file->content = *std::move(bytes);
            file->isRead = true;
        } else {
            problems.push_back({Diagnostic::Severity::Error, file->range, bytes.error().message});
        }
    }
}

} // namespace Headroom
