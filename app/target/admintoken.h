// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Headroom {

/// Who may change the practice target while it runs. It is kept as its digest only, so that nothing can show it.
class AdminToken
{
public:
    enum class Access { Granted, Missing, Wrong };

    /// Empty: nobody has access.
    explicit AdminToken(const QByteArray &token);

    /// Of a request with this header Authorization ("Bearer TOKEN"). Takes as long for any wrong token.
    Access accessOf(const QByteArray &authorization) const;

private:
    QByteArray m_digest; // empty: none
};

} // namespace Headroom
