// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/requesttemplate.h"

#include <charconv>
#include <limits>

namespace Headroom {

namespace {

std::uint64_t valueOf(TextTemplate::Source source, const RequestValues &values)
{
    switch (source) {
    case TextTemplate::Source::User:
        return values.user;
    case TextTemplate::Source::Iteration:
        return values.iteration;
    }
    Q_UNREACHABLE_RETURN(0);
}

void append(QByteArray &bytes, std::uint64_t number)
{
    char digits[std::numeric_limits<std::uint64_t>::digits10 + 1];
    bytes.append(digits, std::to_chars(std::begin(digits), std::end(digits), number).ptr - digits);
}

} // namespace

RequestTemplate::Bytes::Bytes(const TextTemplate &text, bool isLatin1)
{
    for (const TextTemplate::Piece &piece : text.pieces())
        m_pieces.emplace_back(isLatin1 ? piece.text.toLatin1() : piece.text.toUtf8(), piece.value);
}

void RequestTemplate::Bytes::prepend(const QByteArray &bytes)
{
    m_pieces.emplace(m_pieces.begin(), bytes, std::nullopt);
}

QByteArray RequestTemplate::Bytes::rendered(const RequestValues &values) const
{
    QByteArray bytes;
    for (const auto &[text, value] : m_pieces) {
        bytes += text;
        if (value)
            append(bytes, valueOf(*value, values));
    }
    return bytes;
}

void RequestTemplate::render(const RequestValues &values, HttpRequest &request) const
{
    if (url)
        request.url = QUrl::fromEncoded(url->rendered(values), QUrl::TolerantMode);
    for (const auto &[name, value] : headers)
        request.headers.emplace_back(name, value.rendered(values));
    if (body)
        request.body = body->rendered(values);
}

} // namespace Headroom
