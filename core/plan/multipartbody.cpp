// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/multipartbody.h"

#include <QCryptographicHash>

#include <algorithm>

namespace Headroom {

namespace {

using Part = Scenario::Part;

bool holds(const Part &part, const QByteArray &boundary)
{
    return part.content.contains(boundary) || part.text.written().toUtf8().contains(boundary)
        || part.text.with(QString()).toUtf8().contains(boundary);
}

QByteArray digestOf(const std::vector<Part> &parts, int attempt)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(attempt));
    for (const Part &part : parts) {
        for (const QByteArray &bytes : {part.name.toUtf8(), part.text.written().toUtf8(), part.content}) {
            hash.addData(QByteArray::number(bytes.size()) + ':');
            hash.addData(bytes);
        }
    }
    return hash.result().toHex();
}

QByteArray boundaryFor(const std::vector<Part> &parts)
{
    constexpr qsizetype kDigits = 32; // with the word in front well below the 70 characters of RFC 2046
    for (int attempt = 0;; ++attempt) {
        const QByteArray boundary = "headroom-" + digestOf(parts, attempt).first(kDigits);
        if (std::ranges::none_of(parts, [&boundary](const Part &part) { return holds(part, boundary); }))
            return boundary;
    }
}

QByteArray escapedName(const QString &name)
{
    return name.toUtf8().replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
}

} // namespace

MultipartBody::MultipartBody(const std::vector<Part> &parts)
    : m_parts(parts)
    , m_boundary(boundaryFor(parts))
{
}

QByteArray MultipartBody::contentType() const { return "multipart/form-data; boundary=" + m_boundary; }

bool MultipartBody::isConstant() const
{
    return std::ranges::all_of(m_parts, [](const Part &part) { return part.text.isConstant(); });
}

QByteArray MultipartBody::headOf(const Part &part) const
{
    QByteArray head = "--" + m_boundary + "\r\nContent-Disposition: form-data; name=\"" + escapedName(part.name) + '"';
    if (!part.fileName.isEmpty())
        head += "; filename=\"" + escapedName(part.fileName) + '"';
    if (!part.contentType.isEmpty())
        head += "\r\nContent-Type: " + part.contentType;
    return head + "\r\n\r\n";
}

template <typename TakeBytes, typename TakeText> void MultipartBody::write(TakeBytes takeBytes, TakeText takeText) const
{
    for (const Part &part : m_parts) {
        takeBytes(headOf(part));
        if (part.file.isEmpty())
            takeText(part.text);
        else
            takeBytes(part.content);
        takeBytes("\r\n");
    }
    takeBytes("--" + m_boundary + "--\r\n");
}

QByteArray MultipartBody::bytes() const
{
    QByteArray all;
    const auto take = [&all](const QByteArray &bytes) { all += bytes; };
    write(take, [&all](const TextTemplate &text) { all += text.constant().toUtf8(); });
    return all;
}

RequestTemplate::Bytes MultipartBody::varying() const
{
    RequestTemplate::Bytes all;
    const auto take = [&all](const QByteArray &bytes) { all.append(bytes); };
    write(take, [&all](const TextTemplate &text) { all.append(RequestTemplate::Bytes(text, false)); });
    return all;
}

} // namespace Headroom
