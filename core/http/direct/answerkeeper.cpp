// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/answerkeeper.h"

#include <algorithm>

namespace Headroom {

namespace {

bool isNamed(QByteArrayView name, QByteArrayView wanted)
{
    return name.size() == wanted.size() && name.compare(wanted, Qt::CaseInsensitive) == 0;
}

} // namespace

void AnswerKeeper::begin(const HttpRequest &request, Exchange &exchange)
{
    m_request = &request;
    m_exchange = &exchange;
    m_room = 0;
    m_wantsHeaders = false;
}

void AnswerKeeper::takeStatus(int status)
{
    m_exchange->status = status;
    const bool isHeadWanted = isHeadOfBodyWanted();
    m_room = m_request->wantsBody ? Exchange::kMaxBody : isHeadWanted ? Exchange::kMaxBodyHead : 0;
    m_wantsHeaders = m_room > 0 || m_request->wantsHeaders || m_request->wantsCookies;
}

void AnswerKeeper::takeHeader(QByteArrayView name, QByteArrayView value)
{
    if (m_room > 0 && isNamed(name, "Content-Type"))
        m_exchange->contentType = value.toByteArray();
    if (m_request->wantsCookies && isNamed(name, "Set-Cookie"))
        m_exchange->setCookies.append(value.toByteArray());
    // Without its encoding nobody could read a body.
    if (m_request->wantsHeaders || (m_request->wantsBody && isNamed(name, "Content-Encoding")))
        m_exchange->headers.emplace_back(name.toByteArray(), value.toByteArray());
}

void AnswerKeeper::dropHead()
{
    m_exchange->status = 0;
    m_exchange->contentType.clear();
    m_exchange->headers.clear();
    m_exchange->setCookies.clear();
}

void AnswerKeeper::takeBody(QByteArrayView bytes)
{
    m_exchange->bytesIn += std::uint64_t(bytes.size());
    const qsizetype taken = std::min(m_room, bytes.size());
    if (taken <= 0)
        return;
    m_room -= taken;
    (m_request->wantsBody ? m_exchange->body : m_exchange->bodyHead).append(bytes.first(taken));
}

void AnswerKeeper::end()
{
    if (m_request->wantsBody && isHeadOfBodyWanted())
        m_exchange->bodyHead = m_exchange->body.first(std::min<qsizetype>(m_exchange->body.size(), Exchange::kMaxBodyHead));
}

} // namespace Headroom
