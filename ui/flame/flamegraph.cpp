// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/flame/flamegraph.h"

#include "core/report/flamepicture.h"
#include "ui/widgets/plaintooltip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr double kNarrowest = 1.0; // pixel, of a box
constexpr int kTextMargin = 3;

} // namespace

FlameGraph::FlameGraph(QWidget *parent)
    : QWidget(parent)
    , m_theme(Theme::of(palette()))
{
    setObjectName(QStringLiteral("flameGraph"));
    setAccessibleName(tr("Flame graph"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    layOut();
}

void FlameGraph::setTree(std::shared_ptr<const StackTree> tree)
{
    m_tree = std::move(tree);
    m_before.clear();
    m_isFound.clear();
    m_root = 0;
    layOut();
    setCurrent(0);
    Q_EMIT rootChanged(0);
}

void FlameGraph::zoomTo(int node)
{
    if (node == m_root)
        return;
    m_before.push_back(m_root);
    m_root = node;
    layOut();
    setCurrent(node);
    Q_EMIT rootChanged(node);
}

bool FlameGraph::goBack()
{
    if (m_before.empty())
        return false;
    m_root = m_before.back();
    m_before.pop_back();
    layOut();
    setCurrent(m_current); // it is shown with its callers and without
    Q_EMIT rootChanged(m_root);
    return true;
}

std::optional<double> FlameGraph::search(const QString &text)
{
    FlameSearch search = searchFlame(*m_tree, text);
    m_isFound = std::move(search.isFound);
    update();
    if (text.isEmpty() || m_tree->isEmpty())
        return std::nullopt;
    return double(search.samples) / double(m_tree->samples());
}

void FlameGraph::setRootOnTop(bool isOnTop)
{
    m_isRootOnTop = isOnTop;
    update();
}

QSize FlameGraph::sizeHint() const { return {fontMetrics().averageCharWidth() * 120, m_rows * rowHeight() + 1}; }

void FlameGraph::layOut()
{
    m_boxes = flameBoxes(*m_tree, m_root, kNarrowest / std::max(1, width()));
    m_rows = std::ranges::max(m_boxes, {}, &FlameBox::level).level + 1;
    setMinimumHeight(m_rows * rowHeight() + 1);
    updateGeometry();
    update();
}

QRectF FlameGraph::placeOf(const FlameBox &box) const
{
    const double top = m_isRootOnTop ? box.level * rowHeight() : height() - 1 - (box.level + 1) * rowHeight();
    return {box.left * width(), top, box.breadth * width(), double(rowHeight())};
}

QRect FlameGraph::placeOf(int node) const
{
    const auto box = std::ranges::find(m_boxes, node, &FlameBox::node);
    return box == m_boxes.end() ? QRect() : placeOf(*box).toAlignedRect();
}

std::optional<int> FlameGraph::nodeAt(QPointF point) const
{
    const auto box = std::ranges::find_if(m_boxes, [&](const FlameBox &one) { return placeOf(one).contains(point); });
    return box == m_boxes.end() ? std::nullopt : std::optional(box->node);
}

/// The one beside the current box that is shown in its row.
std::optional<int> FlameGraph::neighbour(int step) const
{
    const auto here = std::ranges::find(m_boxes, m_current, &FlameBox::node);
    if (here == m_boxes.end())
        return std::nullopt;
    const std::ptrdiff_t place = here - m_boxes.begin() + step;
    if (place < 0 || place >= std::ssize(m_boxes) || m_boxes[std::size_t(place)].level != here->level)
        return std::nullopt;
    return m_boxes[std::size_t(place)].node;
}

/// Of what the current function calls and what is shown of it; of a caller of what is shown, the way back to that.
std::optional<int> FlameGraph::broadestChild() const
{
    const FlameBox *broadest = nullptr;
    for (const FlameBox &box : m_boxes) {
        const bool isChild = box.node != 0 && m_tree->node(box.node).parent == m_current;
        if (isChild && (!broadest || box.breadth > broadest->breadth))
            broadest = &box;
    }
    return broadest ? std::optional(broadest->node) : std::nullopt;
}

bool FlameGraph::walk(int key)
{
    std::optional<int> next;
    const int towardsCalled = m_isRootOnTop ? Qt::Key_Down : Qt::Key_Up;
    const int towardsCaller = m_isRootOnTop ? Qt::Key_Up : Qt::Key_Down;
    if (key == towardsCalled)
        next = broadestChild();
    else if (key == towardsCaller && m_current != 0)
        next = m_tree->node(m_current).parent;
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        next = neighbour(key == Qt::Key_Left ? -1 : 1);
    else if (key != towardsCaller)
        return false;
    if (next)
        setCurrent(*next);
    return true;
}

void FlameGraph::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return zoomTo(m_current);
    case Qt::Key_Home:
        return zoomTo(0);
    case Qt::Key_Escape:
    case Qt::Key_Backspace:
        if (goBack())
            return;
        break;
    default:
        if (walk(event->key()))
            return;
    }
    QWidget::keyPressEvent(event);
}

void FlameGraph::mousePressEvent(QMouseEvent *event)
{
    const std::optional<int> node = nodeAt(event->position());
    if (event->button() == Qt::BackButton)
        goBack();
    else if (event->button() == Qt::LeftButton && node)
        zoomTo(*node);
}

void FlameGraph::setCurrent(int node)
{
    m_current = node;
    setAccessibleDescription(flameBoxText(*m_tree, node));
    update();
    Q_EMIT currentChanged(node);
}

bool FlameGraph::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const std::optional<int> node = nodeAt(help->pos());
    if (node)
        QToolTip::showText(help->globalPos(), plainToolTip(flameBoxText(*m_tree, *node)), this, placeOf(*node));
    else
        QToolTip::hideText();
    return true;
}

void FlameGraph::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.background);
    for (const FlameBox &box : m_boxes) {
        if (placeOf(box).intersects(QRectF(event->rect())))
            paintBox(painter, box);
    }
    const QRect current = placeOf(m_current);
    if (current.isEmpty() || !hasFocus())
        return;
    painter.setPen(QPen(m_theme.text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(current.adjusted(1, 1, -1, -1));
}

void FlameGraph::paintBox(QPainter &painter, const FlameBox &box) const
{
    const QString name = box.node == 0 ? tr("all") : m_tree->nameOf(box.node);
    const bool isFound = !m_isFound.empty() && m_isFound[std::size_t(box.node)];
    const QColor color = isFound ? m_theme.flameFound
        : isKernelFunction(name) ? m_theme.flameKernel
                                 : m_theme.flames[std::size_t(flameShade(name))];
    const QRectF place = placeOf(box);
    painter.fillRect(place.adjusted(0.0, 0.0, place.width() > 3.0 ? -1.0 : 0.0, -1.0), color);
    QFont font = this->font();
    font.setBold(isFound); // the colour does not stand alone
    const QFontMetrics metrics(font);
    const int room = int(place.width()) - 2 * kTextMargin;
    if (room < 4 * metrics.averageCharWidth())
        return;
    painter.setFont(font);
    painter.setPen(m_theme.text);
    painter.drawText(place.adjusted(kTextMargin, 0.0, -kTextMargin, -1.0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     metrics.elidedText(name, Qt::ElideRight, room));
}

void FlameGraph::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        layOut();
}

void FlameGraph::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void FlameGraph::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void FlameGraph::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_theme = Theme::of(palette());
    if (event->type() == QEvent::FontChange)
        layOut();
}

} // namespace Headroom
