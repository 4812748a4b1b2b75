// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/pictureheading.h"

#include <QPainter>

#include <algorithm>

namespace Headroom {

namespace {

void paintSample(QPainter &painter, const QRect &place, const ChartSpec::Line &line, const Theme &theme)
{
    const int dash = line.isDashed ? place.width() / 3 : place.width();
    for (int at = 0; at < place.width(); at += dash + dash * 2 / 3)
        painter.fillRect(place.left() + at, place.center().y(), std::min(dash, place.width() - at), 2,
                         theme.line(line.color));
}

} // namespace

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
        paintSample(painter, QRect(at, QSize(3 * blank, metrics.height())), line, theme);
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
