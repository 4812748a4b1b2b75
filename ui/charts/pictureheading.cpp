// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/pictureheading.h"

#include "ui/charts/linelook.h"

#include <QPainter>

#include <algorithm>

namespace Headroom {

int paintHeading(QPainter &painter, const QRect &place, const ChartSpec &chart, const Theme &theme, const QString &note)
{
    const QFont plain = painter.font();
    const QFontMetrics metrics(plain);
    const int blank = metrics.averageCharWidth();
    QFont bold = plain;
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(theme.text);
    painter.drawText(place.left(), place.top() + metrics.ascent(), chart.title);
    painter.setFont(plain);
    QPoint at(place.left() + QFontMetrics(bold).horizontalAdvance(chart.title) + 3 * blank, place.top());
    for (const ChartSpec::Line &line : chart.lines) {
        const QString name = line.unit ? line.name + QStringLiteral(" \u2192") : line.name;
        const int width = 7 * blank + metrics.horizontalAdvance(name);
        if (at.x() + width > place.right() && at.x() > place.left())
            at = {place.left(), at.y() + metrics.height()};
        paintLineSample(painter, QRect(at, QSize(3 * blank, metrics.height())), theme.line(line.color), strokeOf(line));
        painter.setPen(theme.text);
        painter.drawText(at.x() + 4 * blank, at.y() + metrics.ascent(), name);
        at.rx() += width;
    }
    if (!note.isEmpty()) {
        if (at.x() + metrics.horizontalAdvance(note) > place.right() && at.x() > place.left())
            at = {place.left(), at.y() + metrics.height()};
        painter.setPen(theme.faintText);
        painter.drawText(at.x(), at.y() + metrics.ascent(),
                         metrics.elidedText(note, Qt::ElideMiddle, place.right() - at.x()));
    }
    return at.y() + metrics.height() - place.top();
}

} // namespace Headroom
