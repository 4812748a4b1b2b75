// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <algorithm>
#include <array>

namespace Headroom {

/// Whether a transport writes a header by itself where a request has none.
inline bool isImpliedHeader(QByteArrayView name)
{
    static constexpr std::array<QByteArrayView, 5> kNames{"Accept-Encoding", "Accept-Language", "Connection",
                                                          "Content-Length", "Host"};
    return std::ranges::any_of(
        kNames, [name](QByteArrayView implied) { return implied.compare(name, Qt::CaseInsensitive) == 0; });
}

/// RFC 9110, 8.6: these methods say so when their content is empty; some servers answer 411 when they do not.
inline bool announcesEmptyBody(QByteArrayView method) { return method == "POST" || method == "PUT" || method == "PATCH"; }

/// Of such a header an empty value is as none: Qt would write its own beside it, or the machine's.
inline bool isAsNone(const std::pair<QByteArray, QByteArray> &header)
{
    return header.second.isEmpty() && isImpliedHeader(header.first);
}

} // namespace Headroom
