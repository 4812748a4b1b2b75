// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartboard.h"

#include "ui/charts/boardstate.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

namespace {

constexpr double kKeyZoom = 1.5;
constexpr std::size_t kMostMarks = 10'000; // whatever a session holds; a picture has fewer pixels
constexpr QSize kPictureSize(600, 260); // at least; with two pixels a point it is 1,200 wide

QPalette paletteOf(const Theme &theme, QPalette palette)
{
    palette.setColor(QPalette::Window, theme.background);
    palette.setColor(QPalette::WindowText, theme.text);
    return palette;
}

} // namespace

ChartBoard::ChartBoard(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Charts"));
    setAccessibleDescription(tr("Left and right move the cursor, Ctrl with plus and minus zooms, Home shows all"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2); // room for the focus frame
    layout->addWidget(m_state->scroll());
    setTheme(Theme::of(palette()));
}

ChartBoard::~ChartBoard()
{
    delete m_state->scroll(); // panels that go may still say something, which the state has to hear
}

void ChartBoard::setCharts(const std::vector<ChartSpec> &charts, std::size_t columns, const std::vector<ChartSpec> &others)
{
    m_state->setCharts(charts, columns, others);
}

void ChartBoard::setBounds(const std::vector<ChartSpec> &charts) { m_state->setBounds(charts); }

void ChartBoard::setChoices(const ChartChoices &choices) { m_state->setChoices(choices); }

const ChartChoices &ChartBoard::choices() const { return m_state->choices; }

void ChartBoard::append(double time, const std::vector<std::optional<double>> &values)
{
    m_state->rows.append(time, values);
    m_state->axis.setEnd(m_state->rows.endTime());
    m_state->rowsChanged();
}

void ChartBoard::addMark(const ChartMark &mark)
{
    if (m_state->marks.size() >= kMostMarks)
        return;
    m_state->marks.push_back(mark);
    m_state->rowsChanged();
}

void ChartBoard::clearRows()
{
    m_state->rows.clear();
    m_state->marks.clear();
    m_state->axis.setEnd(0.0);
    m_state->moveCursor(std::nullopt);
    resetZoom();
    m_state->viewChanged();
}

void ChartBoard::setGhost(const GhostLinesPtr &ghost)
{
    m_state->ghost = ghost;
    m_state->axis.setBehindEnd(ghost ? ghost->rows.endTime() : 0.0);
    for (ChartPanel *panel : m_state->panels)
        panel->setGhost(ghost);
    m_state->moveCursor(std::nullopt); // it may stand where only the lines before had rows
    m_state->viewChanged();
}

GhostLinesPtr ChartBoard::ghost() const { return m_state->ghost; }

QStringList ChartBoard::ghostLines(const QString &id) const
{
    QStringList names;
    const ChartPanel *panel = m_state->panel(id);
    for (std::size_t i = 0; panel && i < panel->chart().lines.size(); ++i) {
        if (panel->hasGhost(i))
            names << panel->chart().lines[i].name;
    }
    return names;
}

void ChartBoard::setTheme(const Theme &theme)
{
    m_state->theme = theme;
    setPalette(paletteOf(theme, palette()));
    for (ChartPanel *panel : m_state->panels)
        panel->setTheme(theme);
    m_state->viewChanged();
}

void ChartBoard::setSpan(std::optional<double> seconds)
{
    m_state->axis.setSpan(seconds);
    m_state->viewChanged();
}

std::optional<double> ChartBoard::span() const { return m_state->axis.span(); }

void ChartBoard::setLogarithmic(bool isLogarithmic)
{
    m_state->isLogarithmic = isLogarithmic;
    m_state->viewChanged();
}

bool ChartBoard::isLogarithmic() const { return m_state->isLogarithmic; }

bool ChartBoard::isZoomed() const { return m_state->axis.isZoomed(); }

QStringList ChartBoard::chartIds() const
{
    QStringList ids;
    for (const ChartPanel *panel : m_state->panels)
        ids << panel->chart().id;
    return ids;
}

QString ChartBoard::chartTitle(const QString &id) const
{
    const ChartPanel *panel = m_state->panel(id);
    return panel ? panel->chart().title : QString();
}

void ChartBoard::setChartVisible(const QString &id, bool isVisible)
{
    if (ChartPanel *panel = m_state->panel(id))
        panel->setVisible(isVisible);
}

bool ChartBoard::isChartVisible(const QString &id) const
{
    const ChartPanel *panel = m_state->panel(id);
    return panel && !panel->isHidden();
}

QPixmap ChartBoard::picture(const QString &id)
{
    ChartPanel *panel = m_state->panel(id);
    if (!panel)
        return {};
    ChartContents contents = m_state->contents();
    contents.cursor.reset();
    return panel->picture(contents, panel->size().expandedTo(kPictureSize), std::max(2.0, devicePixelRatio()));
}

void ChartBoard::resetZoom()
{
    m_state->zoom([](TimeAxis &axis) { axis.resetZoom(); });
}

void ChartBoard::zoomTo(double from, double to)
{
    m_state->zoom([=](TimeAxis &axis) { axis.zoomTo(from, to); });
}

bool ChartBoard::event(QEvent *event)
{
    if (event->type() == QEvent::DevicePixelRatioChange)
        m_state->viewChanged();
    return QWidget::event(event);
}

void ChartBoard::keyPressEvent(QKeyEvent *event)
{
    const bool isZoomKey = event->modifiers() & Qt::ControlModifier; // plus and minus alone steer the load
    const int rows = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    const TimeAxis &axis = m_state->axis;
    const double middle = m_state->cursor.value_or((axis.from() + axis.to()) / 2.0);
    QScrollBar *bar = m_state->scroll()->verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Left:
        return m_state->stepCursor(-rows);
    case Qt::Key_Right:
        return m_state->stepCursor(rows);
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift on many keyboards
        if (!isZoomKey)
            break;
        return m_state->zoom([=](TimeAxis &axis) { axis.zoomBy(kKeyZoom, middle); });
    case Qt::Key_Minus:
        if (!isZoomKey)
            break;
        return m_state->zoom([=](TimeAxis &axis) { axis.zoomBy(1.0 / kKeyZoom, middle); });
    case Qt::Key_Home:
        return resetZoom();
    case Qt::Key_Escape:
        return m_state->cursor ? m_state->moveCursor(std::nullopt) : event->ignore();
    case Qt::Key_Up:
        return bar->triggerAction(QScrollBar::SliderSingleStepSub);
    case Qt::Key_Down:
        return bar->triggerAction(QScrollBar::SliderSingleStepAdd);
    case Qt::Key_PageUp:
        return bar->triggerAction(QScrollBar::SliderPageStepSub);
    case Qt::Key_PageDown:
        return bar->triggerAction(QScrollBar::SliderPageStepAdd);
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void ChartBoard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_state->theme.background);
    if (!hasFocus())
        return;
    painter.setPen(palette().color(QPalette::Highlight));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void ChartBoard::focusInEvent(QFocusEvent *) { update(); }

void ChartBoard::focusOutEvent(QFocusEvent *) { update(); }

} // namespace Headroom
