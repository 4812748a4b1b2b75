// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <algorithm>

namespace Headroom {

/// A complete request as it stood on the wire, but for what HTTP leaves free: the order of its header lines, the case
/// of their names, and blanks around their values.
inline QByteArray wireForm(const QByteArray &raw)
{
    const qsizetype end = raw.indexOf("\r\n\r\n");
    QByteArrayList lines = raw.first(end).split('\n');
    const QByteArray first = lines.takeFirst().trimmed();
    for (QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        line = line.first(colon).toLower() + ": " + line.sliced(colon + 1).trimmed();
    }
    std::ranges::sort(lines);
    return first + '\n' + lines.join('\n') + "\n\n" + raw.sliced(end + 4);
}

} // namespace Headroom
