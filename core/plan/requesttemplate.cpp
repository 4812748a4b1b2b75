// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/requesttemplate.h"

namespace Headroom {

RequestTemplate::Bytes::Bytes(const TextTemplate &text, bool isLatin1)
{
    for (const TextTemplate::Piece &piece : text.pieces()) {
        std::optional<ValueWriter> value;
        if (piece.value)
            value.emplace(*piece.value);
        m_pieces.emplace_back(isLatin1 ? piece.text.toLatin1() : piece.text.toUtf8(), std::move(value));
    }
}

std::uint64_t RequestTemplate::Bytes::salt(std::uint64_t salt)
{
    for (auto &[text, value] : m_pieces) {
        if (value)
            value->salt(salt++);
    }
    return salt;
}

void RequestTemplate::Bytes::prepend(const QByteArray &bytes)
{
    m_pieces.emplace(m_pieces.begin(), bytes, std::nullopt);
}

void RequestTemplate::Bytes::append(const QByteArray &bytes) { m_pieces.emplace_back(bytes, std::nullopt); }

void RequestTemplate::Bytes::append(const Bytes &other)
{
    m_pieces.insert(m_pieces.end(), other.m_pieces.begin(), other.m_pieces.end());
}

std::expected<QByteArray, QString> RequestTemplate::Bytes::rendered(const RequestValues &values) const
{
    QByteArray bytes;
    for (const auto &[text, value] : m_pieces) {
        bytes += text;
        if (!value)
            continue;
        if (auto written = value->append(bytes, values); !written)
            return std::unexpected(std::move(written.error()));
    }
    return bytes;
}

void RequestTemplate::salt(std::uint64_t salt)
{
    constexpr int kMostValues = 32; // as a power of two
    std::uint64_t next = salt << kMostValues;
    if (url)
        next = url->salt(next);
    for (auto &[name, value] : headers)
        next = value.salt(next);
    if (body)
        body->salt(next);
}

std::expected<void, QString> RequestTemplate::render(const RequestValues &values, HttpRequest &request) const
{
    if (url) {
        const auto address = url->rendered(values);
        if (!address)
            return std::unexpected(address.error());
        request.url = QUrl::fromEncoded(*address, QUrl::TolerantMode);
    }
    for (const auto &[name, value] : headers) {
        auto text = value.rendered(values);
        if (!text)
            return std::unexpected(std::move(text.error()));
        request.headers.emplace_back(name, *std::move(text));
    }
    if (body) {
        auto bytes = body->rendered(values);
        if (!bytes)
            return std::unexpected(std::move(bytes.error()));
        request.body = *std::move(bytes);
    }
    return {};
}

} // namespace Headroom
