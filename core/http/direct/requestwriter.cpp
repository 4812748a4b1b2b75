// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/requestwriter.h"

#include "core/http/impliedheaders.h"

#include <algorithm>

namespace Headroom {

namespace {

using Fields = std::vector<std::pair<QByteArray, QByteArray>>;

constexpr qsizetype kSmallBody = 64 * 1024; // is sent in one piece with its head

bool hasHeader(const HttpRequest &request, QByteArrayView name)
{
    return std::ranges::any_of(request.headers, [name](const auto &header) {
        return QByteArrayView(header.first).compare(name, Qt::CaseInsensitive) == 0 && !isAsNone(header);
    });
}

/// Bytes that are kept once for all requests of a form.
bool isSameBody(const std::optional<QByteArray> &kept, const std::optional<QByteArray> &body)
{
    if (kept.has_value() != body.has_value())
        return false;
    return !kept || (kept->constData() == body->constData() && kept->size() == body->size());
}

/// RFC 9113, 8.2.2: what belongs to one connection of HTTP/1.
bool isOfConnection(const QByteArray &name)
{
    constexpr QByteArrayView kNames[] = {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"};
    return std::ranges::find(kNames, QByteArrayView(name)) != std::end(kNames);
}

/// RFC 9113, 8.3: pseudo fields first, names in lower case.
Fields http2Fields(const HttpRequest &request, const Origin &origin)
{
    Fields fields{{":method", request.method},
                  {":scheme", origin.isSecure ? "https" : "http"},
                  {":authority", origin.authority()},
                  {":path", requestTarget(request.url)}};
    for (const auto &[name, value] : completeHeaders(request)) {
        const QByteArray lower = name.toLower();
        if (lower == "host")
            fields[2].second = value;
        else if (!isOfConnection(lower))
            fields.emplace_back(lower, value);
    }
    return fields;
}

} // namespace

QByteArray requestTarget(const QUrl &url)
{
    const QByteArray target = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment
                                            | QUrl::NormalizePathSegments); // RFC 3986, 6.2.2.3
    return target.startsWith('/') ? target : '/' + target;
}

std::vector<std::pair<QByteArray, QByteArray>> completeHeaders(const HttpRequest &request)
{
    std::vector<std::pair<QByteArray, QByteArray>> headers = request.headers;
    std::erase_if(headers, isAsNone);
    const auto add = [&](const QByteArray &name, const QByteArray &value) {
        if (!hasHeader(request, name))
            headers.emplace_back(name, value);
    };
    add("Accept-Encoding", "identity");
    add("Accept-Language", "*"); // as nothing; Qt would put the machine's own there
    const bool isLengthTold = hasHeader(request, "Transfer-Encoding"); // RFC 9112, 6.2: never both
    if (!isLengthTold && (request.body || announcesEmptyBody(request.method)))
        add("Content-Length", QByteArray::number(request.body ? request.body->size() : 0));
    return headers;
}

int RequestWriter::originOf(const QUrl &url)
{
    const Origin origin = Origin::of(url);
    const auto known = std::ranges::find(m_origins, origin);
    const int index = int(known - m_origins.begin());
    if (known == m_origins.end())
        m_origins.push_back(origin);
    return index;
}

QByteArray RequestWriter::headOf(const HttpRequest &request, const Origin &origin) const
{
    QByteArray head = request.method + ' ' + requestTarget(request.url) + " HTTP/1.1\r\n";
    if (!hasHeader(request, "Host"))
        head += "Host: " + origin.authority() + "\r\n";
    for (const auto &[name, value] : completeHeaders(request))
        head += name + ": " + value + "\r\n";
    if (!hasHeader(request, "Connection"))
        head += m_options.isReused ? "Connection: Keep-Alive\r\n" : "Connection: close\r\n";
    return head + "\r\n";
}

WrittenRequest RequestWriter::written(const HttpRequest &request)
{
    WrittenRequest made;
    made.origin = originOf(request.url);
    made.asksForHead = request.method == "HEAD";
    made.body = request.body.value_or(QByteArray());
    if (m_options.isHttp2)
        made.fields = http2Fields(request, origin(made.origin));
    else
        made.head = headOf(request, origin(made.origin));
    return made;
}

const WrittenRequest &RequestWriter::write(const HttpRequest &request)
{
    const auto form = std::size_t(request.form);
    if (form == 0)
        return m_other = written(request);
    if (form >= m_forms.size())
        m_forms.resize(form + 1);
    std::optional<Form> &kept = m_forms[form];
    if (!kept || !isSameBody(kept->body, request.body)) {
        kept.emplace(written(request), request.body);
        if (!m_options.isHttp2 && kept->written.body.size() <= kSmallBody)
            kept->written.head += std::exchange(kept->written.body, QByteArray());
    }
    return kept->written;
}

} // namespace Headroom
