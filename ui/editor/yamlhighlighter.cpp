// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/yamlhighlighter.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <KSyntaxHighlighting/Theme>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr qsizetype kMostColoured = 128 * 1024; // characters; about 70 ms to load

/// Source: WCAG 2.2, "relative luminance" and "contrast ratio".
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// The same hue, lighter on dark and darker on light until it has a contrast of 4.5:1.
QColor readable(QColor color, bool isDark)
{
    constexpr double kLeast = 4.6; // a little more than 4.5, for rounding
    constexpr int kStep = 12; // of 255
    constexpr int kMostSteps = 30;
    const double back = isDark ? luminance(QColor(0x2b2f35)) : luminance(QColor(0xf1f2f3)); // the current line's
    for (int i = 0; i < kMostSteps; ++i) {
        const double front = luminance(color);
        if ((std::max(front, back) + 0.05) / (std::min(front, back) + 0.05) >= kLeast)
            break;
        const int more = isDark ? color.lightness() + kStep : color.lightness() - kStep;
        color.setHsl(color.hslHue(), color.hslSaturation(), std::clamp(more, 0, 255));
    }
    return color;
}

} // namespace

/// Breeze's colours for YAML, some of which have no more than 3:1, made readable.
class YamlHighlighter::Readable : public KSyntaxHighlighting::SyntaxHighlighter
{
public:
    Readable()
        : SyntaxHighlighter(static_cast<QObject *>(nullptr))
    {
    }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &kind) override
    {
        SyntaxHighlighter::applyFormat(offset, length, kind);
        QTextCharFormat shown = format(offset);
        if (length == 0 || !shown.hasProperty(QTextFormat::ForegroundBrush))
            return;
        const bool isDark =
            luminance(QColor::fromRgba(theme().editorColor(KSyntaxHighlighting::Theme::BackgroundColor))) < 0.5;
        shown.setForeground(readable(shown.foreground().color(), isDark));
        setFormat(offset, length, shown);
    }
};

YamlHighlighter::YamlHighlighter(QTextDocument *document)
    : m_document(document)
{
    turnOn();
}

YamlHighlighter::~YamlHighlighter() = default;

void YamlHighlighter::turnOn()
{
    // Without a document at first: a definition that meets a text before it has a theme paints it invisible.
    m_highlighter = std::make_unique<Readable>();
    setDark(m_isDark);
    m_highlighter->setDefinition(m_repository.definitionForName(QStringLiteral("YAML")));
    m_highlighter->setDocument(m_document);
}

void YamlHighlighter::setDark(bool isDark)
{
    m_isDark = isDark;
    if (!isOn())
        return;
    using Repository = KSyntaxHighlighting::Repository;
    m_highlighter->setTheme(m_repository.defaultTheme(isDark ? Repository::DarkTheme : Repository::LightTheme));
    m_highlighter->rehighlight();
}

void YamlHighlighter::prepareFor(qsizetype characters)
{
    const bool shallBeOn = characters <= kMostColoured;
    if (shallBeOn == isOn())
        return;
    if (shallBeOn)
        turnOn();
    else
        m_highlighter.reset();
}

} // namespace Headroom
