// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/htmlpage.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>

namespace Headroom {

QByteArray filledTemplate(const QByteArray &text, const HtmlParts &parts)
{
    QByteArray filled;
    qsizetype at = 0;
    for (qsizetype open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
        const qsizetype close = text.indexOf("}}", open);
        Q_ASSERT(close > open);
        const QByteArray name = text.sliced(open + 2, close - open - 2).trimmed();
        const auto part = std::ranges::find(parts, name, [](const auto &one) { return one.first; });
        Q_ASSERT_X(part != parts.end(), "filledTemplate", name.constData());
        filled += text.sliced(at, open - at) + part->second;
        at = close + 2;
    }
    return filled + text.sliced(at);
}

QByteArray pageFile(const char *name)
{
    QFile file(QLatin1String(":/headroom/report/") + QLatin1String(name));
    const bool isThere = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(isThere, "pageFile", name);
    QByteArray text = isThere ? file.readAll() : QByteArray();
    text.replace("\r\n", "\n");
    for (const char *mark : {"//# sourceMappingURL=", "/*# sourceMappingURL="}) {
        const qsizetype reference = text.lastIndexOf(mark);
        if (reference >= 0)
            text.truncate(reference);
    }
    return text.trimmed();
}

QByteArray scriptHash(const QByteArray &script)
{
    return "'sha256-" + QCryptographicHash::hash(script, QCryptographicHash::Sha256).toBase64() + '\'';
}

} // namespace Headroom
