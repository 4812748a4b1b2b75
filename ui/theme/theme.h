// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

#include <array>

namespace Headroom {

/// Colours of what we draw ourselves; text and controls come from the palette.
///
/// The line colours are told apart by colour-blind eyes (after Okabe and Ito, "Color Universal Design", 2008) and have
/// a contrast of at least 3:1 to the background; good, warning and bad have 4.5:1, and never stand alone for a meaning.
struct Theme
{
    bool isDark = false;
    QColor background; ///< Of charts.
    QColor text;
    QColor faintText;
    QColor grid;
    QColor good, warning, bad;
    QColor mark; ///< Stage borders and changes by hand.
    QColor bound; ///< Of a rule.
    std::array<QColor, 8> lines;
    /// Of the boxes of a flame graph: functions of programs in shades, those of the kernel, those that a search has
    /// found. Text has 4.5:1 on each.
    std::array<QColor, 5> flames;
    QColor flameKernel, flameFound;

    QColor line(std::size_t index) const { return lines[index % lines.size()]; }
    QColor paleLine(std::size_t index) const; ///< The same, seen through: of an earlier run, behind the others.
    /// The one that fits a palette.
    static Theme of(const QPalette &palette);
};

/// From 1 to 21. Source: WCAG 2.2, "contrast ratio".
double contrast(const QColor &one, const QColor &other);

enum class ColorMode { System, Light, Dark };

/// Gives the application the palette of a mode; System follows the desktop.
void applyColorMode(ColorMode mode);

} // namespace Headroom
