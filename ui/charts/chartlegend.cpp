// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartlegend.h"

#include "ui/charts/linelook.h"

#include <QLabel>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <QTextDocument>
#include <QToolButton>

#include <algorithm>

namespace Headroom {

LegendEntry::LegendEntry(const ChartSpec::Line &line, QWidget *parent)
    : QAbstractButton(parent)
    , m_line(line)
{
    setObjectName(QStringLiteral("legend.") + line.name);
    setText(line.unit ? line.name + QStringLiteral(" \u2192") : line.name); // by the axis at the right
    setAccessibleName(line.unit ? tr("Line %1, by the axis at the right").arg(line.name) : tr("Line %1").arg(line.name));
    setToolTip(Qt::convertFromPlainText(tr("Click to hide or show %1").arg(line.name)));
    setCheckable(true);
    setChecked(line.isShownAtFirst);
    setFocusPolicy(Qt::TabFocus); // a click leaves the keyboard to the board
    setCursor(Qt::PointingHandCursor);
}

void LegendEntry::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void LegendEntry::setValue(const QString &text)
{
    if (text == m_value)
        return;
    m_value = text;
    setAccessibleDescription(text);
    const int width = fontMetrics().horizontalAdvance(text);
    if (width > m_widestValue) {
        m_widestValue = width;
        updateGeometry();
    }
    update();
}

int LegendEntry::sampleWidth() const { return fontMetrics().averageCharWidth() * 3; }

QSize LegendEntry::sizeHint() const
{
    const int blank = fontMetrics().averageCharWidth();
    const int widest = std::max(m_widestValue, fontMetrics().horizontalAdvance(QStringLiteral("000 ms")));
    const int value = widest; // also while it is hidden, so that nothing moves under the pointer
    const int name = std::min(fontMetrics().horizontalAdvance(text()), 30 * blank);
    return {sampleWidth() + name + value + 4 * blank, fontMetrics().height() + 2};
}

void LegendEntry::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int blank = fontMetrics().averageCharWidth();
    const int middle = height() / 2;
    if (isChecked()) {
        paintLineSample(painter, QRect(blank / 2, 0, sampleWidth(), height()), m_theme.line(m_line.color), strokeOf(m_line));
    } else { // told by shape too: an empty frame
        painter.setPen(m_theme.faintText);
        painter.drawRect(blank / 2, middle - 2, sampleWidth() - 1, 4);
    }
    QRect place = rect().adjusted(sampleWidth() + blank + blank / 2, 0, -blank, 0);
    const QString name = fontMetrics().elidedText(text(), Qt::ElideMiddle, 30 * blank);
    const int nameWidth = fontMetrics().horizontalAdvance(name);
    QFont font = this->font();
    font.setStrikeOut(!isChecked());
    painter.setFont(font);
    painter.setPen(isChecked() && !underMouse() ? m_theme.text : m_theme.faintText);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, name);
    if (isChecked()) {
        painter.setPen(m_theme.faintText);
        place.setLeft(place.left() + nameWidth + blank * 2 / 3);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, m_value);
    }
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

ChartLegend::ChartLegend(const ChartSpec &chart, QWidget *parent)
    : QWidget(parent)
    , m_title(chart.title)
    , m_add(new QToolButton(this))
{
    m_add->setObjectName(QStringLiteral("addSeries.") + chart.id);
    m_add->setText(QStringLiteral("+"));
    m_add->setAutoRaise(true);
    m_add->setFocusPolicy(Qt::TabFocus);
    m_add->setAccessibleName(tr("Add a series to %1").arg(chart.title));
    m_add->setToolTip(tr("Adds another series to this chart"));
    connect(m_add, &QToolButton::clicked, this, &ChartLegend::addWanted);
    for (const ChartSpec::Line &line : chart.lines) {
        auto *entry = new LegendEntry(line, this);
        connect(entry, &LegendEntry::toggled, this, [this, index = m_entries.size()](bool isShown) {
            rearrange();
            Q_EMIT toggled(index, isShown);
        });
        m_entries.push_back(entry);
    }
}

void ChartLegend::setTheme(const Theme &theme)
{
    m_theme = theme;
    for (LegendEntry *entry : m_entries)
        entry->setTheme(theme);
    colourNote();
    update();
}

void ChartLegend::setNote(const QString &text)
{
    if (text == m_noteText)
        return;
    m_noteText = text;
    if (!m_note) {
        m_note = new QLabel(this);
        m_note->setObjectName(QStringLiteral("ghostNote"));
        m_note->setTextFormat(Qt::PlainText);
        colourNote();
    }
    m_note->setAccessibleName(text);
    m_note->setToolTip(Qt::convertFromPlainText(text));
    m_note->setVisible(!text.isEmpty());
    rearrange();
}

void ChartLegend::colourNote()
{
    if (!m_note)
        return;
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, m_theme.faintText);
    m_note->setPalette(palette);
}

void ChartLegend::setShown(std::size_t line, bool isShown)
{
    const QSignalBlocker blocker(m_entries[line]);
    m_entries[line]->setChecked(isShown);
    rearrange();
}

std::optional<std::size_t> ChartLegend::lineAt(QPoint place) const
{
    const auto found = std::ranges::find_if(m_entries, [&](const LegendEntry *entry) { return entry->geometry().contains(place); });
    return found == m_entries.end() ? std::nullopt : std::optional(std::size_t(found - m_entries.begin()));
}

std::optional<std::size_t> ChartLegend::lineWithFocus() const
{
    const auto found = std::ranges::find_if(m_entries, &QWidget::hasFocus);
    return found == m_entries.end() ? std::nullopt : std::optional(std::size_t(found - m_entries.begin()));
}

bool ChartLegend::isShown(std::size_t line) const { return m_entries[line]->isChecked(); }

void ChartLegend::setValues(const std::vector<QString> &texts)
{
    QSize before, after;
    for (std::size_t i = 0; i < m_entries.size() && i < texts.size(); ++i) {
        before += m_entries[i]->sizeHint();
        m_entries[i]->setValue(texts[i]);
        after += m_entries[i]->sizeHint();
    }
    if (before != after)
        rearrange();
}

void ChartLegend::setMargins(int left, int right)
{
    m_left = left;
    m_right = right;
    rearrange();
}

void ChartLegend::rearrange()
{
    place(width(), true);
    updateGeometry();
}

QFont ChartLegend::titleFont() const
{
    QFont font = this->font();
    font.setBold(true);
    return font;
}

int ChartLegend::place(int width, bool isReal) const
{
    const int blank = fontMetrics().averageCharWidth();
    const int first = m_left + QFontMetrics(titleFont()).horizontalAdvance(m_title) + 2 * blank;
    const int rowHeight = fontMetrics().height() + 2;
    int x = first;
    int y = 0;
    for (LegendEntry *entry : m_entries) {
        const QSize size = entry->sizeHint();
        if (x + size.width() > width - m_right && x > m_left) {
            x = m_left;
            y += rowHeight;
        }
        if (isReal)
            entry->setGeometry(QRect(QPoint(x, y), size));
        x += size.width();
    }
    const int side = rowHeight; // of the button, behind the last entry
    if (x + side > width - m_right && x > m_left) {
        x = m_left;
        y += rowHeight;
    }
    if (isReal)
        m_add->setGeometry(x, y, side, rowHeight);
    x += side;
    if (!m_noteText.isEmpty())
        y = placeNote({x, y}, width - m_right, isReal).y();
    return y + rowHeight;
}

/// Where it is whole, else where a good part of it is; a row of its own when neither fits behind the entries.
QPoint ChartLegend::placeNote(QPoint at, int right, bool isReal) const
{
    const int blank = fontMetrics().averageCharWidth();
    const int wanted = fontMetrics().horizontalAdvance(m_noteText) + 1;
    const int rowHeight = fontMetrics().height() + 2;
    at.rx() += blank;
    if (at.x() + std::min(wanted, 30 * blank) > right && at.x() > m_left + blank)
        at = {m_left, at.y() + rowHeight};
    const int room = std::max(0, std::min(wanted, right - at.x()));
    if (isReal) {
        m_note->setText(fontMetrics().elidedText(m_noteText, Qt::ElideMiddle, room));
        m_note->setGeometry(QRect(at, QSize(room, rowHeight)));
    }
    return at;
}

int ChartLegend::heightForWidth(int width) const { return place(width, false); }

QSize ChartLegend::sizeHint() const
{
    const int least = fontMetrics().averageCharWidth() * 40;
    return {least, heightForWidth(std::max(width(), least))};
}

void ChartLegend::resizeEvent(QResizeEvent *) { place(width(), true); }

void ChartLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(titleFont());
    painter.setPen(m_theme.text);
    painter.drawText(m_left, 1 + QFontMetrics(titleFont()).ascent(), m_title);
}

} // namespace Headroom
