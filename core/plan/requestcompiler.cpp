// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/requestcompiler.h"

#include "core/http/sameorigin.h"
#include "core/plan/multipartbody.h"
#include "core/plan/targetquery.h"

#include <algorithm>

namespace Headroom {

namespace {

constexpr QLatin1String kUserAgent("headroom");
constexpr QLatin1String kAuxiliaryUserAgent("headroom-aux");

using Headers = std::vector<Scenario::Header>;

auto named(const QString &name)
{
    return [name](const Scenario::Header &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; };
}

void setHeader(Headers &headers, const QString &name, const TextTemplate &value)
{
    std::erase_if(headers, named(name));
    headers.emplace_back(name, value);
}

/// An empty one is as none: Qt would call itself Mozilla.
void setDefault(Headers &headers, const QString &name, const QString &value)
{
    std::erase_if(headers, [is = named(name)](const Scenario::Header &header) {
        return is(header) && header.second.isConstant() && header.second.constant().isEmpty();
    });
    if (std::ranges::none_of(headers, named(name)))
        headers.emplace_back(name, value);
}

/// Those of the body, the target and the step, where the later replaces the earlier.
Headers headersOf(const Scenario::Target &target, const Scenario::Step &step)
{
    Headers headers;
    if (step.body)
        setHeader(headers, QStringLiteral("Content-Type"), QString::fromLatin1(step.body->contentType));
    for (const Headers *source : {&target.headers, &step.headers}) {
        for (const auto &[name, value] : *source)
            setHeader(headers, name, value);
    }
    setDefault(headers, QStringLiteral("User-Agent"), kUserAgent);
    // Bytes are measured as they come; nothing is decompressed.
    setDefault(headers, QStringLiteral("Accept-Encoding"), QStringLiteral("identity"));
    return headers;
}

/// What stands in front of a path is the target's own path: http://host/api with /retrieve is /api/retrieve.
QString baseOf(const QUrl &address)
{
    QString base = address.toString(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::FullyEncoded);
    while (base.endsWith(u'/'))
        base.chop(1);
    return base;
}

void takeUrl(const Scenario::Target &target, const Scenario::Step &step, const QUrl &address, HttpRequest &request, RequestTemplate &varying)
{
    const TextTemplate path = withTargetQuery(step.path, target);
    const QString sample = path.with(u"0");
    request.url = urlOn(address, sample);
    if (path.isConstant())
        return;
    varying.url.emplace(path, false);
    if (sample.startsWith(u'/'))
        varying.url->prepend(baseOf(address).toUtf8());
}

void takeHeaders(const Headers &headers, HttpRequest &request, RequestTemplate &varying)
{
    for (const auto &[name, value] : headers) {
        if (value.isConstant())
            request.headers.emplace_back(name.toLatin1(), value.constant().toLatin1());
        else
            varying.headers.emplace_back(name.toLatin1(), RequestTemplate::Bytes(value, true));
    }
}

void setContentType(HttpRequest &request, RequestTemplate &varying, const QByteArray &type)
{
    const auto isContentType = [](const auto &header) { return header.first.compare("content-type", Qt::CaseInsensitive) == 0; };
    std::erase_if(request.headers, isContentType);
    std::erase_if(varying.headers, isContentType);
    request.headers.emplace_back("Content-Type", type);
}

void takeBody(const Scenario::Body &body, HttpRequest &request, RequestTemplate &varying)
{
    if (!body.parts.empty()) {
        const MultipartBody parts(body.parts);
        setContentType(request, varying, parts.contentType());
        if (parts.isConstant())
            request.body = parts.bytes();
        else
            varying.body = parts.varying();
    } else if (!body.file.isEmpty()) {
        request.body = body.content;
    } else if (body.text.isConstant()) {
        request.body = body.text.constant().toUtf8();
    } else {
        varying.body.emplace(body.text, false);
    }
}

/// What another origin gets: headers and query of the target may hold its secrets.
Scenario::Target withoutItsOwn(Scenario::Target target)
{
    target.headers.clear();
    target.query.clear();
    return target;
}

} // namespace

CompiledRequest compileRequest(const Scenario::Target &whole, const Scenario::Step &step, const QUrl &address,
                               std::uint64_t salt)
{
    const Scenario::Target target =
        isSameOrigin(urlOn(address, step.path.with(u"0")), address) ? whole : withoutItsOwn(whole);
    CompiledRequest made;
    RequestTemplate varying;
    made.request.method = step.method;
    made.request.timeouts = {target.timeout.connect, target.timeout.firstByte, target.timeout.total};
    made.request.wantsCookies = target.keepsCookies;
    takeUrl(target, step, address, made.request, varying);
    takeHeaders(headersOf(target, step), made.request, varying);
    if (step.body)
        takeBody(*step.body, made.request, varying);
    varying.salt(salt);
    if (!varying.isEmpty())
        made.varying = std::make_shared<const RequestTemplate>(std::move(varying));
    return made;
}

HttpRequest compileCall(const Scenario::Target &target, const Scenario::Call &call, const QUrl &address)
{
    Scenario::Step step;
    step.method = call.method;
    step.path = call.path;
    step.headers = call.headers;
    step.body = call.body;
    setHeader(step.headers, QStringLiteral("User-Agent"), QString(kAuxiliaryUserAgent));
    Scenario::Target same = target;
    std::erase_if(same.query, [](const auto &pair) { return !pair.second.isConstant(); });
    HttpRequest request = compileRequest(same, step, address).request;
    request.wantsCookies = false;
    return request;
}

QUrl urlOn(const QUrl &address, const QString &location)
{
    return QUrl(location.startsWith(u'/') ? baseOf(address) + location : location, QUrl::TolerantMode);
}

} // namespace Headroom
