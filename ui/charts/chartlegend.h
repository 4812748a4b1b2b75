// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartspec.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>

#include <optional>

class QLabel;
class QToolButton;

namespace Headroom {

/// One line in a legend: a sample of it, its name and its value. Unchecked, the line is hidden.
class LegendEntry : public QAbstractButton
{
    Q_OBJECT
public:
    explicit LegendEntry(const ChartSpec::Line &line, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setValue(const QString &text);
    QString value() const { return m_value; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int sampleWidth() const;

    ChartSpec::Line m_line;
    Theme m_theme;
    QString m_value;
    int m_widestValue = 0; ///< So that entries do not jump with each second.
};

/// Title and lines of a panel, in as many rows as the width asks for. A click on a line hides or shows it.
class ChartLegend : public QWidget
{
    Q_OBJECT
public:
    explicit ChartLegend(const ChartSpec &chart, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setShown(std::size_t line, bool isShown);
    bool isShown(std::size_t line) const;
    std::optional<std::size_t> lineAt(QPoint place) const; ///< Under a point of this.
    std::optional<std::size_t> lineWithFocus() const;
    void setValues(const std::vector<QString> &texts); ///< One for each line.
    /// Behind the entries, cut to the room there is; empty: none.
    void setNote(const QString &text);
    QString note() const { return m_noteText; }
    /// Where the title begins and the entries end.
    void setMargins(int left, int right);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void toggled(std::size_t line, bool isShown);
    void addWanted(); ///< Another series is wanted in the chart.

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QFont titleFont() const;
    void colourNote();
    void rearrange();
    int place(int width, bool isReal) const; ///< Of the entries and the note; returns the height.
    QPoint placeNote(QPoint at, int right, bool isReal) const;

    QString m_title;
    Theme m_theme;
    int m_left = 0;
    int m_right = 0;
    std::vector<LegendEntry *> m_entries;
    QToolButton *m_add;
    QString m_noteText;
    QLabel *m_note = nullptr; // made with the first text
};

} // namespace Headroom
