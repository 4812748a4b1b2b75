// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/legibleicon.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QImage>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QProxyStyle>

#include <optional>

namespace Headroom {

namespace {

constexpr double kLeastContrast = 3.0; // WCAG 2.2, "non-text contrast"

/// What is seen of a picture as one colour; nothing of an empty one.
std::optional<QColor> meanColor(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    double red = 0.0, green = 0.0, blue = 0.0, weight = 0.0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            red += color.redF() * color.alphaF();
            green += color.greenF() * color.alphaF();
            blue += color.blueF() * color.alphaF();
            weight += color.alphaF();
        }
    }
    if (weight <= 0.0)
        return std::nullopt;
    return QColor::fromRgbF(float(red / weight), float(green / weight), float(blue / weight));
}

QPixmap inColor(QPixmap pixmap, const QColor &color)
{
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect(QPoint(0, 0), pixmap.size()), color);
    return pixmap;
}

class LegibleEngine : public QIconEngine
{
public:
    explicit LegibleEngine(const QIcon &icon)
        : m_icon(icon)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double scale = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    /// `size` counts the screen's pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, double scale) override
    {
        const QSize points = (QSizeF(size) / scale).toSize();
        const QPixmap plain = m_icon.pixmap(points, scale, QIcon::Normal, state);
        const QPalette palette = QGuiApplication::palette();
        const auto mean = meanColor(plain);
        if (!mean || contrast(*mean, palette.color(QPalette::Button)) >= kLeastContrast)
            return m_icon.pixmap(points, scale, mode, state);
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return inColor(plain, palette.color(group, QPalette::ButtonText));
    }
    QSize actualSize(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return m_icon.actualSize(size, mode, state);
    }
    QList<QSize> availableSizes(QIcon::Mode mode, QIcon::State state) override
    {
        return m_icon.availableSizes(mode, state);
    }
    QString iconName() override { return m_icon.name(); }
    bool isNull() override { return m_icon.isNull(); }
    QIconEngine *clone() const override { return new LegibleEngine(m_icon); }

private:
    QIcon m_icon;
};

class LegibleFusion : public QProxyStyle
{
public:
    LegibleFusion()
        : QProxyStyle(QStringLiteral("Fusion"))
    {
    }

    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override
    {
        return legibleIcon(QProxyStyle::standardIcon(which, option, widget));
    }
};

} // namespace

QStyle *legibleFusion() { return new LegibleFusion; }

QIcon legibleIcon(const QIcon &icon) { return QIcon(new LegibleEngine(icon)); } // the icon owns it

} // namespace Headroom
