// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/smallfile.h"

#include <QFile>

namespace Headroom {

QByteArray textOfSmallFile(const QString &path, qsizetype maxBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    QByteArray text;
    while (text.size() < maxBytes) { // a file of the kernel has no size and answers in pieces
        const QByteArray piece = file.read(maxBytes - text.size());
        if (piece.isEmpty())
            break;
        text += piece;
    }
    return text;
}

} // namespace Headroom
