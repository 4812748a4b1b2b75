// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/requestcompiler.h"

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

void setDefault(Headers &headers, const QString &name, const QString &value)
{
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

void takeUrl(const Scenario::Step &step, const QUrl &address, HttpRequest &request, RequestTemplate &varying)
{
    const QString sample = step.path.with(u"0");
    request.url = urlOn(address, sample);
    if (step.path.isConstant())
        return;
    varying.url.emplace(step.path, false);
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

void takeBody(const TextTemplate &text, HttpRequest &request, RequestTemplate &varying)
{
    if (text.isConstant())
        request.body = text.constant().toUtf8();
    else
        varying.body.emplace(text, false);
}

} // namespace

CompiledRequest compileRequest(const Scenario::Target &target, const Scenario::Step &step, const QUrl &address)
{
    CompiledRequest made;
    RequestTemplate varying;
    made.request.method = step.method;
    made.request.timeouts = {target.timeout.connect, target.timeout.firstByte, target.timeout.total};
    made.request.wantsCookies = target.keepsCookies;
    takeUrl(step, address, made.request, varying);
    takeHeaders(headersOf(target, step), made.request, varying);
    if (step.body)
        takeBody(step.body->text, made.request, varying);
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
    HttpRequest request = compileRequest(target, step, address).request;
    request.wantsCookies = false;
    return request;
}

QUrl urlOn(const QUrl &address, const QString &location)
{
    return QUrl(location.startsWith(u'/') ? baseOf(address) + location : location, QUrl::TolerantMode);
}

} // namespace Headroom
