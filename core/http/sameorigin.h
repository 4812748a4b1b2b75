// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>

namespace Headroom {

/// Whether two URLs have one origin: scheme, host and port, that of the scheme included. Source: RFC 6454, section 5.
inline bool isSameOrigin(const QUrl &one, const QUrl &other)
{
    const auto portOf = [](const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); };
    return one.scheme() == other.scheme() && one.host().compare(other.host(), Qt::CaseInsensitive) == 0
        && portOf(one) == portOf(other);
}

} // namespace Headroom
