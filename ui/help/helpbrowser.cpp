// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/helpbrowser.h"

#include "core/help/helppages.h"

#include <QImageReader>
#include <QTextTable>

namespace Headroom {

namespace {

/// The widest picture in a column of a table; 0 without any.
int pictureWidth(const QTextTable &table, int column)
{
    int widest = 0;
    for (int row = 0; row < table.rows(); ++row) {
        const QTextTableCell cell = table.cellAt(row, column);
        for (auto frame = cell.begin(); !frame.atEnd(); ++frame) {
            for (auto part = frame.currentBlock().begin(); !part.atEnd(); ++part) {
                const QTextImageFormat picture = part.fragment().charFormat().toImageFormat();
                if (picture.isValid())
                    widest = std::max(widest, QImageReader(helpPicture(picture.name())).size().width());
            }
        }
    }
    return widest;
}

/// Qt shares the width of a table evenly, so that a picture would lie over the text beside it.
void makeRoomForPictures(QTextTable &table)
{
    QList<QTextLength> widths(table.columns());
    for (int column = 0; column < table.columns(); ++column) {
        if (const int width = pictureWidth(table, column); width > 0)
            widths[column] = QTextLength(QTextLength::FixedLength, width);
    }
    QTextTableFormat format = table.format();
    format.setColumnWidthConstraints(widths);
    table.setFormat(format);
}

} // namespace

void HelpBrowser::showPage(const QString &markdown)
{
    document()->clear(); // pictures of the page before are forgotten with it
    setMarkdown(markdown);
    for (QTextFrame *frame : document()->rootFrame()->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(frame))
            makeRoomForPictures(*table);
    }
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
