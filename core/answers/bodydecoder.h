// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <expected>

namespace Headroom {

/// A body as it was before it was encoded for the way: gzip, deflate (RFC 9110, 8.4.1) and br (RFC 7932), also several
/// of them one after the other.
///
/// `codings`: the value of Content-Encoding. `mostBytes`: what comes out at the most, on the way too, whatever the
/// input promises. Errors: a clause on why it cannot be had: an unknown coding, damaged or missing bytes, too long.
std::expected<QByteArray, QString> decodedBody(const QByteArray &body, const QByteArray &codings, qsizetype mostBytes);

} // namespace Headroom
