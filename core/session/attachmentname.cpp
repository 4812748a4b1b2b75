// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/attachmentname.h"

namespace Headroom {

QString attachmentName(const QString &text)
{
    QString name;
    for (const QChar c : text) {
        const bool isBad = c == u'/' || c == u'\\' || c.category() == QChar::Other_Control;
        name += isBad ? QChar(u'_') : c;
    }
    name = name.right(kLongestAttachmentName); // a letter needs a byte at least
    if (!name.isEmpty() && name.front().isLowSurrogate())
        name.remove(0, 1);
    while (name.toUtf8().size() > kLongestAttachmentName)
        name.remove(0, name.front().isHighSurrogate() ? 2 : 1);
    return name.isEmpty() || name == QLatin1String(".") || name == QLatin1String("..") ? QStringLiteral("attachment")
                                                                                       : name;
}

} // namespace Headroom
