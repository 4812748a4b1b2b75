// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace Headroom {

/// Bytes with their escapes undone, and where each of them came from.
struct Unescaped
{
    QByteArray bytes;
    std::vector<qsizetype> from; ///< By byte; one more for the end.
    bool isChanged = false; ///< Whether there was any escape at all.
};

/// Undoes one level of whatever looks like an escape, of URLs (%2F), of JSON and JavaScript (\u002f, \/, \x2f) and of
/// HTML (&#47;, and by name the five of XML). What looks like none stays as it is.
/// `isCut`: an escape that the end has cut counts as part of the end, not as text.
/// Units: `from` counts bytes of `text`.
Unescaped unescaped(const QByteArray &text, bool isCut);

} // namespace Headroom
