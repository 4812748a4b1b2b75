// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/helpbrowser.h"

#include "core/help/helppages.h"

#include <QImageReader>

namespace Headroom {

void HelpBrowser::showPage(const QString &markdown)
{
    document()->clear(); // pictures of the page before are forgotten with it
    setMarkdown(markdown);
    moveCursor(QTextCursor::Start);
}

bool HelpBrowser::findNext(const QString &text)
{
    if (text.isEmpty() || find(text))
        return true;
    moveCursor(QTextCursor::Start);
    return find(text);
}

QVariant HelpBrowser::loadResource(int type, const QUrl &name)
{
    const QString picture = type == QTextDocument::ImageResource ? helpPicture(name.toString()) : QString();
    if (picture.isEmpty())
        return QImage(); // not {}: the document would look for the file itself
    QImageReader reader(picture); // an SVG: drawn as sharp as the screen is
    reader.setScaledSize(reader.size() * devicePixelRatioF());
    QImage image = reader.read();
    image.setDevicePixelRatio(devicePixelRatioF());
    return image;
}

} // namespace Headroom
