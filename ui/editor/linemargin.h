// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

namespace Headroom {

/// Line numbers beside a text, and a mark by each line with a problem: a disc for an error, a triangle for a warning.
class LineMargin : public QWidget
{
    Q_OBJECT
public:
    struct Line
    {
        int number = 1;
        int top = 0; ///< In the margin's coordinates.
        int height = 0;
        bool isCurrent = false;
        std::optional<Diagnostic::Severity> severity;
        QString sentences; ///< Of its problems.
    };
    /// The lines that are to be seen now.
    using Source = std::function<std::vector<Line>()>;

    LineMargin(Source source, QWidget *parent);

    int widthFor(int lineCount) const;
    void setTheme(const Theme &theme);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void paintMark(QPainter &painter, const Line &line) const;

    Source m_source;
    Theme m_theme;
};

} // namespace Headroom
