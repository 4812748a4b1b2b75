// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/kpitile.h"

#include "ui/run/runtexts.h"
#include "ui/widgets/plaintooltip.h"

#include <QEvent>
#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kSmall = 0.85; // of the font's size
constexpr double kBig = 1.3;

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0.0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, int(font.pixelSize() * factor)));
    return font;
}

} // namespace

KpiTile::KpiTile(Kind kind, const QString &id, const QString &caption, const QString &explanation, QWidget *parent)
    : QFrame(parent)
    , m_kind(kind)
    , m_caption(caption)
    , m_explanation(explanation)
    , m_text{noValue()}
    , m_theme(Theme::of(palette()))
{
    setObjectName(id);
    setAccessibleName(caption);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    describe();
}

void KpiTile::setText(const KpiText &text)
{
    if (text == m_text)
        return;
    m_text = text;
    describe();
    update();
}

void KpiTile::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void KpiTile::describe()
{
    QStringList parts{m_text.value};
    for (const QString &part : {m_text.remark, m_text.detail}) {
        if (!part.isEmpty())
            parts += part;
    }
    setAccessibleDescription(parts.join(QLatin1String(", ")));
    QString tip = m_caption + QLatin1String(": ") + accessibleDescription() + QLatin1Char('\n') + m_explanation;
    if (!m_text.more.isEmpty())
        tip += QLatin1Char('\n') + m_text.more;
    setToolTip(plainToolTip(tip));
}

QFont KpiTile::smallFont() const { return scaled(font(), kSmall); }

QFont KpiTile::valueFont() const
{
    QFont big = m_kind == Kind::Number ? scaled(font(), kBig) : font();
    big.setBold(true);
    return big;
}

QMargins KpiTile::padding() const
{
    const int unit = fontMetrics().height();
    return {unit / 2, unit / 4, unit / 2, unit / 4};
}

QSize KpiTile::sizeHint() const
{
    const QFontMetrics small(smallFont());
    const QFontMetrics big(scaled(font(), kBig)); // of both kinds, so that all are as high
    int width = std::max(QFontMetrics(valueFont()).horizontalAdvance(QStringLiteral("12,345/s")),
                         small.horizontalAdvance(tr("p99, few samples")));
    if (m_kind == Kind::Words)
        width = QFontMetrics(valueFont()).horizontalAdvance(tr("✓ running: all rules hold"));
    const QMargins margins = padding();
    return {width + margins.left() + margins.right() + 1, // no rounding may cut the typical text
            2 * small.height() + big.height() + margins.top() + margins.bottom()};
}

QColor KpiTile::valueColor() const
{
    switch (m_text.tone) {
    case KpiText::Tone::Good:
        return m_theme.good;
    case KpiText::Tone::Warning:
        return m_theme.warning;
    case KpiText::Tone::Bad:
        return m_theme.bad;
    case KpiText::Tone::Plain:
        break;
    }
    return m_theme.text;
}

void KpiTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.grid);
    painter.setBrush(m_theme.background);
    const double radius = fontMetrics().height() / 4.0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    QRect room = rect().marginsRemoved(padding());
    const auto line = [&](const QString &text, const QFont &font, const QColor &color, int height) {
        painter.setFont(font);
        painter.setPen(color);
        const QRect place(room.topLeft(), QSize(room.width(), height));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetrics(font).elidedText(text, Qt::ElideRight, room.width()));
        room.setTop(room.top() + height);
    };
    const int small = QFontMetrics(smallFont()).height();
    const QString caption = m_text.remark.isEmpty() ? m_caption : m_caption + QLatin1String(", ") + m_text.remark;
    line(caption, smallFont(), m_text.remark.isEmpty() ? m_theme.faintText : m_theme.warning, small);
    line(m_text.value, valueFont(), valueColor(), room.height() - small);
    line(m_text.detail, smallFont(), m_theme.faintText, small);
}

void KpiTile::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QFrame::changeEvent(event);
}

} // namespace Headroom
