// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/endpoint.h"

#include "app/target/selfreport.h"
#include "core/base/random.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <ranges>

namespace Headroom {

namespace {

struct Pattern
{
    QStringView path; ///< Ends in / when a parameter follows.
    Endpoint endpoint;
};

constexpr std::array kPatterns{
    Pattern{u"/retrieve", Endpoint::Retrieve},
    Pattern{u"/extract/", Endpoint::Extract},
    Pattern{u"/facets/generate", Endpoint::Facets},
    Pattern{u"/transcript", Endpoint::Transcript},
    Pattern{u"/documents/", Endpoint::Documents},
    Pattern{u"/login", Endpoint::Login},
    Pattern{u"/jobs", Endpoint::NewJob},
    Pattern{u"/jobs/", Endpoint::Job},
    Pattern{u"/health/live", Endpoint::Live},
    Pattern{u"/healthz", Endpoint::Live},
    Pattern{u"/health/ready", Endpoint::Ready},
    Pattern{u"/readyz", Endpoint::Ready},
    Pattern{u"/health/startup", Endpoint::Startup},
    Pattern{u"/stats", Endpoint::Stats},
    Pattern{u"/metrics", Endpoint::Metrics},
    Pattern{u"/admin/service-time", Endpoint::AdminTimes},
    Pattern{u"/admin/reload", Endpoint::AdminReload},
    Pattern{u"/admin/freeze", Endpoint::AdminFreeze},
};

bool takesParameter(const Pattern &pattern) { return pattern.path.endsWith(u'/'); }

QByteArray json(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

QString documentId(std::uint64_t request)
{
    constexpr std::uint64_t kDocuments = 1000; // enough for a cache to matter, few enough to be met again
    return QStringLiteral("doc-%1").arg(mix(request) % kDocuments);
}

QByteArray retrieved(std::uint64_t request)
{
    const QJsonObject usage{{QStringLiteral("tokens"), tokensOf(request)}};
    const auto score = [request](std::uint64_t place) {
        return double(100 - mix(request + place) % 30 - place * 30) / 100;
    };
    return json({{QStringLiteral("usage"), usage},
                 {QStringLiteral("results"),
                  QJsonArray{
                      QJsonObject{{QStringLiteral("id"), documentId(request)}, {QStringLiteral("score"), score(0)}},
                      QJsonObject{{QStringLiteral("id"), documentId(request + 1)}, {QStringLiteral("score"), score(1)}},
                  }}});
}

QByteArray extracted(const QString &kind, std::uint64_t request)
{
    return json({{QStringLiteral("kind"), kind},
                 {QStringLiteral("document"), documentId(request)},
                 {QStringLiteral("fields"),
                  QJsonObject{{QStringLiteral("population"), QStringLiteral("adults")},
                              {QStringLiteral("outcome"), QStringLiteral("recovery")}}}});
}

QByteArray document(const QString &id)
{
    return json({{QStringLiteral("id"), id},
                 {QStringLiteral("title"), QStringLiteral("Document %1").arg(id)},
                 {QStringLiteral("text"), QStringLiteral("A short text that stands for a long one.")}});
}

} // namespace

std::optional<Place> placeOf(QStringView path)
{
    if (path.isEmpty() || path == u"/")
        return Place{Endpoint::Hint, {}};
    for (const Pattern &pattern : kPatterns) {
        if (!takesParameter(pattern) && path == pattern.path)
            return Place{pattern.endpoint, {}};
        if (!takesParameter(pattern) || !path.startsWith(pattern.path))
            continue;
        const QStringView parameter = path.sliced(pattern.path.size());
        if (!parameter.isEmpty() && !parameter.contains(u'/'))
            return Place{pattern.endpoint, parameter.toString()};
    }
    return std::nullopt;
}

QHttpServerRequest::Method methodOf(Endpoint endpoint)
{
    using enum Endpoint;
    const bool isPost = endpoint == Retrieve || endpoint == Extract || endpoint == Facets || endpoint == Transcript
        || endpoint == Login || endpoint == NewJob || isAdmin(endpoint);
    return isPost ? QHttpServerRequest::Method::Post : QHttpServerRequest::Method::Get;
}

bool takes(Endpoint endpoint, QHttpServerRequest::Method method)
{
    using enum QHttpServerRequest::Method;
    const bool isOfDocuments = method == Head || method == Put || method == Patch || method == Delete || method == Options;
    return method == methodOf(endpoint) || (endpoint == Endpoint::Documents && isOfDocuments);
}

bool isAdmin(Endpoint endpoint)
{
    return endpoint == Endpoint::AdminTimes || endpoint == Endpoint::AdminReload || endpoint == Endpoint::AdminFreeze;
}

const QByteArray &routeOf(Endpoint endpoint)
{
    static const auto kRoutes = [] {
        std::array<QByteArray, static_cast<std::size_t>(Endpoint::AdminFreeze) + 1> routes;
        for (const Pattern &pattern : kPatterns | std::views::reverse) // the first of several counts
            routes[static_cast<std::size_t>(pattern.endpoint)] =
                pattern.path.toLatin1() + (takesParameter(pattern) ? "*" : "");
        routes[static_cast<std::size_t>(Endpoint::Hint)] = "/";
        return routes;
    }();
    return kRoutes[static_cast<std::size_t>(endpoint)];
}

QByteArray nameOf(QHttpServerRequest::Method method)
{
    using enum QHttpServerRequest::Method;
    switch (method) {
    case Get:
        return "GET";
    case Put:
        return "PUT";
    case Delete:
        return "DELETE";
    case Post:
        return "POST";
    case Head:
        return "HEAD";
    case Options:
        return "OPTIONS";
    case Patch:
        return "PATCH";
    case Connect:
        return "CONNECT";
    case Trace:
        return "TRACE";
    case Unknown:
    case AnyKnown:
        break;
    }
    return "UNKNOWN";
}

QByteArray answerOf(const Place &place, std::uint64_t request)
{
    switch (place.endpoint) {
    case Endpoint::Retrieve:
        return retrieved(request);
    case Endpoint::Extract:
        return extracted(place.parameter, request);
    case Endpoint::Facets:
        return R"({"facets":[{"name":"topic","values":["health","law"]},{"name":"year","values":["2023","2024"]}]})";
    case Endpoint::Transcript:
        return R"({"segments":[{"start":0.0,"end":2.5,"text":"Good morning."},{"start":2.5,"end":4.0,"text":"Hello."}]})";
    case Endpoint::Documents:
        return document(place.parameter);
    case Endpoint::Login:
        return json({{QStringLiteral("token"), QStringLiteral("t-%1").arg(mix(request), 0, 36)}});
    case Endpoint::Live:
        return R"({"status":"live"})";
    case Endpoint::Ready:
        return R"({"status":"ready"})";
    case Endpoint::Startup:
        return R"({"status":"started"})";
    case Endpoint::Hint:
        return "headroom-target: POST /retrieve, /extract/KIND, /facets/generate, /transcript, /login, /jobs; "
               "GET /documents/ID, /jobs/ID, /health/live, /health/ready, /health/startup, /stats, /metrics; "
               "POST /admin/reload, /admin/freeze, /admin/service-time\n";
    case Endpoint::NewJob:
    case Endpoint::Job:
    case Endpoint::Stats:
    case Endpoint::Metrics:
    case Endpoint::AdminTimes:
    case Endpoint::AdminReload:
    case Endpoint::AdminFreeze:
        break;
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace Headroom
