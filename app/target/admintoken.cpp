// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/admintoken.h"

#include <QCryptographicHash>

#include <algorithm>

namespace Headroom {

namespace {

QByteArray digestOf(const QByteArray &token) { return QCryptographicHash::hash(token, QCryptographicHash::Sha256); }

/// Looks at every byte, whichever differ.
bool isSame(const QByteArray &a, const QByteArray &b)
{
    unsigned difference = a.size() == b.size() ? 0U : 1U;
    for (qsizetype i = 0; i < std::min(a.size(), b.size()); ++i)
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return difference == 0;
}

} // namespace

AdminToken::AdminToken(const QByteArray &token)
    : m_digest(token.isEmpty() ? QByteArray() : digestOf(token))
{
}

AdminToken::Access AdminToken::accessOf(const QByteArray &authorization) const
{
    constexpr QByteArrayView kScheme("bearer ");
    const QByteArray words = authorization.trimmed();
    const QByteArray token = words.first(std::min(words.size(), kScheme.size())).toLower() == kScheme
        ? words.sliced(kScheme.size()).trimmed()
        : QByteArray();
    if (token.isEmpty())
        return Access::Missing;
    return isSame(digestOf(token), m_digest) ? Access::Granted : Access::Wrong;
}

} // namespace Headroom
