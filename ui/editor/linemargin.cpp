// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/linemargin.h"

#include "ui/editor/textplaces.h"
#include "ui/widgets/plaintooltip.h"

#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Headroom {

LineMargin::LineMargin(Source source, QWidget *parent)
    : QWidget(parent)
    , m_source(std::move(source))
{
    setObjectName(QStringLiteral("lineMargin"));
    setCursor(Qt::ArrowCursor);
}

int LineMargin::widthFor(int lineCount) const
{
    const int digits = std::max(3, int(QString::number(lineCount).size()));
    const int mark = fontMetrics().height();
    return mark + fontMetrics().horizontalAdvance(u'9') * (digits + 1);
}

void LineMargin::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

bool LineMargin::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QString sentences;
    for (const Line &line : m_source()) {
        if (help->y() >= line.top && help->y() < line.top + line.height)
            sentences = line.sentences;
    }
    QToolTip::showText(help->globalPos(), plainToolTip(sentences), this);
    return true;
}

void LineMargin::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.background);
    const int right = width() - fontMetrics().horizontalAdvance(u'9') / 2;
    painter.setPen(m_theme.grid);
    painter.drawLine(width() - 1, event->rect().top(), width() - 1, event->rect().bottom());
    for (const Line &line : m_source()) {
        if (line.top > event->rect().bottom() || line.top + line.height < event->rect().top())
            continue;
        painter.setPen(line.isCurrent ? m_theme.text : m_theme.faintText);
        painter.drawText(QRect(0, line.top, right, line.height), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(line.number));
        if (line.severity)
            paintMark(painter, line);
    }
}

void LineMargin::paintMark(QPainter &painter, const Line &line) const
{
    const bool isWarning = line.severity == Diagnostic::Severity::Warning;
    const qreal size = fontMetrics().ascent() * 0.85;
    const QRectF box(size * 0.25, line.top + (line.height - size) / 2.0, size, size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isWarning ? m_theme.warning : m_theme.bad);
    if (isWarning)
        painter.drawPolygon(QPolygonF({QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()}));
    else
        painter.drawEllipse(box);
    // The sign's own shape: a cross in the disc, a stroke in the triangle.
    painter.setPen(QPen(m_theme.background, size * 0.16, Qt::SolidLine, Qt::RoundCap));
    const QPointF arm(size * 0.18, size * 0.18);
    const QPointF middle = box.center();
    if (isWarning) {
        painter.drawLine(middle + QPointF(0, -size * 0.1), middle + QPointF(0, size * 0.3));
    } else {
        painter.drawLine(middle - arm, middle + arm);
        painter.drawLine(middle + QPointF(arm.x(), -arm.y()), middle + QPointF(-arm.x(), arm.y()));
    }
    painter.restore();
}

} // namespace Headroom
