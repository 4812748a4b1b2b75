// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QGuiApplication>
#include <QIcon>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

Theme lightTheme()
{
    Theme theme;
    theme.background = QColor(0xffffff);
    theme.text = QColor(0x1f2328);
    theme.faintText = QColor(0x59636e);
    theme.grid = QColor(0xe4e7eb);
    theme.good = QColor(0x00704f);
    theme.warning = QColor(0x8a5a00);
    theme.bad = QColor(0xb3261e);
    theme.mark = QColor(0x6e7781);
    theme.bound = QColor(0xb3261e);
    theme.lines = {QColor(0x0072b2), QColor(0xb85300), QColor(0x008060), QColor(0xb0508c),
                   QColor(0x3a7fb0), QColor(0x8f7300), QColor(0x5b5b5b), QColor(0x6f4fb0)};
    theme.flames = {QColor(0xf6c9a0), QColor(0xf2b8a0), QColor(0xf5d8a8), QColor(0xefc2b0), QColor(0xf9dcb8)};
    theme.flameKernel = QColor(0xc9d4e3);
    theme.flameFound = QColor(0xc9b3f0);
    return theme;
}

Theme darkTheme()
{
    Theme theme;
    theme.isDark = true;
    theme.background = QColor(0x1b1e23);
    theme.text = QColor(0xe6e8eb);
    theme.faintText = QColor(0xa3abb5);
    theme.grid = QColor(0x333a43);
    theme.good = QColor(0x4cc38a);
    theme.warning = QColor(0xf0b429);
    theme.bad = QColor(0xff8a80);
    theme.mark = QColor(0x8b949e);
    theme.bound = QColor(0xff8a80);
    theme.lines = {QColor(0x56b4e9), QColor(0xe69f00), QColor(0x2fbf92), QColor(0xdc8fbd),
                   QColor(0x7fb2ff), QColor(0xf0e442), QColor(0xb8bec6), QColor(0xb39ddb)};
    theme.flames = {QColor(0x7a4a2b), QColor(0x80392b), QColor(0x6f5426), QColor(0x75403a), QColor(0x84552c)};
    theme.flameKernel = QColor(0x3d4d63);
    theme.flameFound = QColor(0x5b3f9e);
    return theme;
}

QPalette darkPalette()
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, QColor color) { palette.setColor(role, color); };
    set(QPalette::Window, QColor(0x2b3038));
    set(QPalette::WindowText, QColor(0xe6e8eb));
    set(QPalette::Base, QColor(0x17191d));
    set(QPalette::AlternateBase, QColor(0x1e2126));
    set(QPalette::Text, QColor(0xe6e8eb));
    set(QPalette::PlaceholderText, QColor(0x9aa3ad));
    set(QPalette::Button, QColor(0x3a4049));
    set(QPalette::ButtonText, QColor(0xe6e8eb));
    set(QPalette::BrightText, QColor(0xff8a80));
    set(QPalette::ToolTipBase, QColor(0x2f343b));
    set(QPalette::ToolTipText, QColor(0xe6e8eb));
    set(QPalette::Highlight, QColor(0x2f6fab));
    set(QPalette::HighlightedText, QColor(0xffffff));
    set(QPalette::Accent, QColor(0x56b4e9));
    set(QPalette::Link, QColor(0x56b4e9));
    set(QPalette::LinkVisited, QColor(0xb39ddb));
    set(QPalette::Light, QColor(0x3d444d));
    set(QPalette::Midlight, QColor(0x353b43));
    set(QPalette::Mid, QColor(0x1f2328));
    set(QPalette::Dark, QColor(0x15181c));
    set(QPalette::Shadow, QColor(0x0b0d10));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, QColor(0x7d8590));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0x3d444d));
    return palette;
}

QPalette lightPalette()
{
    QPalette palette(QColor(0xf3f4f6), QColor(0xf0f1f3));
    const auto set = [&](QPalette::ColorRole role, QColor color) { palette.setColor(role, color); };
    set(QPalette::Base, QColor(0xffffff));
    set(QPalette::AlternateBase, QColor(0xf6f7f9));
    set(QPalette::WindowText, QColor(0x1f2328));
    set(QPalette::Text, QColor(0x1f2328));
    set(QPalette::ButtonText, QColor(0x1f2328));
    set(QPalette::PlaceholderText, QColor(0x6a737d));
    set(QPalette::ToolTipBase, QColor(0xffffff));
    set(QPalette::ToolTipText, QColor(0x1f2328));
    set(QPalette::Highlight, QColor(0x1f6fb2));
    set(QPalette::HighlightedText, QColor(0xffffff));
    set(QPalette::Accent, QColor(0x0072b2));
    set(QPalette::Link, QColor(0x005a9c));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x8b949e));
    return palette;
}

/// Source: WCAG 2.2, "relative luminance".
double luminance(const QColor &color)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

bool isDesktopDark() { return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark; }

} // namespace

double contrast(const QColor &one, const QColor &other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor Theme::paleLine(std::size_t index) const
{
    QColor color = line(index);
    color.setAlphaF(isDark ? 0.55F : 0.48F); // light lines on dark ground fade sooner
    return color;
}

Theme Theme::of(const QPalette &palette)
{
    const bool isDark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    return isDark ? darkTheme() : lightTheme();
}

void applyColorMode(ColorMode mode)
{
    const bool isDark = mode == ColorMode::Dark || (mode == ColorMode::System && isDesktopDark());
    QApplication::setPalette(isDark ? darkPalette() : lightPalette());
    QIcon::setFallbackThemeName(isDark ? QStringLiteral("breeze-dark") : QStringLiteral("breeze"));
}

} // namespace Headroom
