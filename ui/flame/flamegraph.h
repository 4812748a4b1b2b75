// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stacks/flameboxes.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace Headroom {

/// A flame graph to walk through: each function is as broad as its share of the samples, beside what calls it.
///
/// A click or Enter shows a function with all that it called over the whole breadth; Escape and Backspace go back, Home
/// shows all. Arrow keys walk: left and right in a row, the others towards what is called and back to the caller.
class FlameGraph : public QWidget
{
    Q_OBJECT
public:
    explicit FlameGraph(QWidget *parent = nullptr);

    void setTree(std::shared_ptr<const StackTree> tree); ///< Never null.
    const StackTree &tree() const { return *m_tree; }
    int root() const { return m_root; } ///< The node that is shown with all that it called.
    int current() const { return m_current; } ///< The node that the keys are at.
    void zoomTo(int node);
    bool goBack(); ///< False when there is nothing to go back to.
    /// Marks the functions with a text in their names; returns the share of all samples that have one of them.
    std::optional<double> search(const QString &text);
    void setRootOnTop(bool isOnTop); ///< Else it is at the bottom.

    QSize sizeHint() const override;
    /// Where a node is drawn; empty when it is not.
    QRect placeOf(int node) const;

Q_SIGNALS:
    void currentChanged(int node);
    void rootChanged(int node);

protected:
    bool event(QEvent *event) override; ///< Tool tips.
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int rowHeight() const { return fontMetrics().height() + 3; }
    QRectF placeOf(const FlameBox &box) const;
    std::optional<int> nodeAt(QPointF point) const;
    std::optional<int> neighbour(int step) const;
    std::optional<int> broadestChild() const;
    bool walk(int key);
    void setCurrent(int node);
    void layOut();
    void paintBox(QPainter &painter, const FlameBox &box) const;

    std::shared_ptr<const StackTree> m_tree = std::make_shared<const StackTree>();
    std::vector<FlameBox> m_boxes;
    std::vector<int> m_before; ///< Roots to go back to.
    std::vector<bool> m_isFound;
    Theme m_theme;
    int m_root = 0;
    int m_current = 0;
    int m_rows = 1;
    bool m_isRootOnTop = false;
};

} // namespace Headroom
