// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace Headroom {

inline constexpr qsizetype kLongestTimeLink = 8'000; ///< Characters of an address.

/// Why a text cannot be the address of a page about a span of time, as part of a sentence; empty when it can: it must
/// be http or https, with a host and without user info, which would be a secret.
QString misfitOfTimeLink(const QString &address);

/// The address that shows a span of time: {from} and {to} in it become its ends, and where they are missing, the
/// parameters from and to of its query are set, as Grafana takes them. Invalid when the address cannot be one.
/// Units: ms since 1970 UTC.
QUrl timeLink(const QString &address, qint64 fromMs, qint64 toMs);

} // namespace Headroom
