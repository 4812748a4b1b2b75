// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/legibleicon.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPixmap>
#include <QStyle>
#include <QTest>

#include <memory>

using namespace Headroom;

namespace {

constexpr double kText = 4.5;
constexpr double kGraphics = 3.0;

Theme themeOf(ColorMode mode)
{
    applyColorMode(mode);
    return Theme::of(QApplication::palette());
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsContrast();
    void fitsThePalette();
    void colorsStandOut_data();
    void colorsStandOut();
    void paletteTextStandsOut_data();
    void paletteTextStandsOut();
    void linesBeginAnewBehindTheLast();
    void iconsStandOutInEitherPalette_data();
    void iconsStandOutInEitherPalette();
    void dockButtonsStandOutInEitherPalette();
};

void ThemeTest::knowsContrast()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0); // 1.05 / 0.05
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
}

void ThemeTest::fitsThePalette()
{
    QVERIFY(!themeOf(ColorMode::Light).isDark);
    QVERIFY(themeOf(ColorMode::Dark).isDark);
}

void ThemeTest::colorsStandOut_data()
{
    QTest::addColumn<QColor>("color");
    QTest::addColumn<QColor>("background");
    QTest::addColumn<double>("least");
    for (const ColorMode mode : {ColorMode::Light, ColorMode::Dark}) {
        const char *name = mode == ColorMode::Light ? "light" : "dark";
        const Theme theme = themeOf(mode);
        const auto row = [&](const char *what, QColor color, QColor background, double least) {
            QTest::addRow("%s: %s", name, what) << color << background << least;
        };
        const QPalette palette = QApplication::palette();
        // Words in these colours stand on charts, in fields and tables, and on the window itself.
        for (const auto &[where, background] :
             {std::pair("chart", theme.background), std::pair("base", palette.color(QPalette::Base)),
              std::pair("alternate", palette.color(QPalette::AlternateBase)),
              std::pair("window", palette.color(QPalette::Window))}) {
            const auto words = [&](const char *what, QColor color) {
                row(qPrintable(QStringLiteral("%1 on %2").arg(QLatin1String(what), QLatin1String(where))), color,
                    background, kText);
            };
            words("text", theme.text);
            words("faint text", theme.faintText);
            words("good", theme.good);
            words("warning", theme.warning);
            words("bad", theme.bad);
        }
        for (const QColor &flame : theme.flames)
            row(qPrintable(QStringLiteral("text on flame %1").arg(flame.name())), theme.text, flame, kText);
        row("text on kernel", theme.text, theme.flameKernel, kText);
        row("text on found", theme.text, theme.flameFound, kText);
        row("mark", theme.mark, theme.background, kGraphics);
        row("bound", theme.bound, theme.background, kGraphics);
        for (std::size_t i = 0; i < theme.lines.size(); ++i)
            row(qPrintable(QStringLiteral("line %1").arg(i)), theme.line(i), theme.background, kGraphics);
    }
}

void ThemeTest::colorsStandOut()
{
    QFETCH(QColor, color);
    QFETCH(QColor, background);
    QFETCH(double, least);
    const double found = contrast(color, background);
    QVERIFY2(found >= least,
             qPrintable(QStringLiteral("%1 on %2 is %3").arg(color.name(), background.name()).arg(found)));
}

void ThemeTest::paletteTextStandsOut_data()
{
    QTest::addColumn<ColorMode>("mode");
    QTest::newRow("light") << ColorMode::Light;
    QTest::newRow("dark") << ColorMode::Dark;
}

void ThemeTest::paletteTextStandsOut()
{
    QFETCH(ColorMode, mode);
    applyColorMode(mode);
    const QPalette palette = QApplication::palette();
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::Link, QPalette::Base},
        {QPalette::Link, QPalette::Window},
    };
    for (const auto &[front, back] : pairs) {
        const double found = contrast(palette.color(front), palette.color(back));
        const QString names =
            QVariant::fromValue(front).toString() + QStringLiteral(" on ") + QVariant::fromValue(back).toString();
        QVERIFY2(found >= kText, qPrintable(names + QStringLiteral(" is %1").arg(found)));
    }
}

void ThemeTest::linesBeginAnewBehindTheLast()
{
    const Theme theme = themeOf(ColorMode::Light);
    QCOMPARE(theme.line(8), theme.line(0));
    QCOMPARE(theme.line(15), theme.line(7));
}

void ThemeTest::iconsStandOutInEitherPalette_data()
{
    // The icons of a light desktop are black, which nobody could see on our dark palette.
    QTest::addColumn<QColor>("color");
    QTest::addColumn<ColorMode>("mode");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("black on light") << QColor(Qt::black) << ColorMode::Light << true;
    QTest::newRow("black on dark") << QColor(Qt::black) << ColorMode::Dark << false;
    QTest::newRow("white on light") << QColor(Qt::white) << ColorMode::Light << false;
    QTest::newRow("white on dark") << QColor(Qt::white) << ColorMode::Dark << true;
    QTest::newRow("red on light") << QColor(0xda4453) << ColorMode::Light << true;
    QTest::newRow("red on dark") << QColor(0xff8a80) << ColorMode::Dark << true;
}

void ThemeTest::iconsStandOutInEitherPalette()
{
    QFETCH(QColor, color);
    QFETCH(bool, isKept);
    QFETCH(ColorMode, mode);
    applyColorMode(mode == ColorMode::Dark ? ColorMode::Light : ColorMode::Dark); // when it is made
    QPixmap drawn(32, 32);
    drawn.fill(Qt::transparent);
    QPainter(&drawn).fillRect(8, 8, 16, 16, color);
    const QIcon icon = legibleIcon(QIcon(drawn));
    applyColorMode(mode);
    const QPalette palette = QApplication::palette();
    const QImage shown = icon.pixmap(QSize(32, 32), 1.0).toImage();
    QCOMPARE(shown.size(), QSize(32, 32));
    QCOMPARE(shown.pixelColor(2, 2).alpha(), 0);
    QCOMPARE(shown.pixelColor(16, 16), isKept ? color : palette.color(QPalette::ButtonText));
    QVERIFY(contrast(shown.pixelColor(16, 16), palette.color(QPalette::Button)) >= kGraphics);
    const QColor disabled = icon.pixmap(QSize(32, 32), 1.0, QIcon::Disabled).toImage().pixelColor(16, 16);
    if (!isKept)
        QCOMPARE(disabled, palette.color(QPalette::Disabled, QPalette::ButtonText));
}

void ThemeTest::dockButtonsStandOutInEitherPalette()
{
    const std::unique_ptr<QStyle> style(legibleFusion());
    for (const ColorMode mode : {ColorMode::Light, ColorMode::Dark}) {
        applyColorMode(mode);
        for (const auto which : {QStyle::SP_TitleBarCloseButton, QStyle::SP_TitleBarNormalButton}) {
            const QImage shown = style->standardIcon(which).pixmap(QSize(16, 16), 1.0).toImage();
            double best = 1.0;
            for (int i = 0; i < shown.width() * shown.height(); ++i) {
                const QColor color = shown.pixelColor(i % shown.width(), i / shown.width());
                if (color.alpha() > 200)
                    best = std::max(best, contrast(color, QApplication::palette().color(QPalette::Window)));
            }
            QVERIFY2(best >= kGraphics, qPrintable(QString::number(best)));
        }
    }
}

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
