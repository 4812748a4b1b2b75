// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html.h"

#include "core/report/terminaltext.h"

#include <QStringList>

namespace Headroom {

namespace {

// toHtmlEscaped() leaves the apostrophe; attributes stand in quotation marks, which it does escape.
QString escaped(const QString &text) { return text.toHtmlEscaped().replace(QLatin1Char('\''), QLatin1String("&#39;")); }

QString startTag(const char *tag, Html::Attributes attributes)
{
    QString start = QLatin1Char('<') + QLatin1String(tag);
    for (const auto &[name, value] : attributes)
        start += QStringLiteral(" %1=\"%2\"").arg(QLatin1String(name), escaped(cleaned(value)));
    return start + QLatin1Char('>');
}

} // namespace

Html Html::text(const QString &text)
{
    Html html;
    html.m_markup = escaped(cleaned(text));
    return html;
}

Html Html::block(const QString &text)
{
    QString plain = text;
    plain.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    QStringList lines;
    for (const QString &line : plain.split(QLatin1Char('\n'))) {
        QStringList parts;
        for (const QString &part : line.split(QLatin1Char('\t')))
            parts += escaped(cleaned(part));
        lines += parts.join(QLatin1Char('\t'));
    }
    Html html;
    html.m_markup = lines.join(QLatin1Char('\n'));
    return html;
}

Html Html::element(const char *tag, const Html &content, Attributes attributes)
{
    Html html;
    html.m_markup = startTag(tag, attributes) + content.m_markup + QStringLiteral("</%1>").arg(QLatin1String(tag));
    return html;
}

Html Html::element(const char *tag, const QString &content, Attributes attributes)
{
    return element(tag, text(content), attributes);
}

Html Html::single(const char *tag, Attributes attributes)
{
    Html html;
    html.m_markup = startTag(tag, attributes);
    return html;
}

Html &Html::operator+=(const Html &other)
{
    m_markup += other.m_markup;
    return *this;
}

QString coordinate(double value) { return QString::number(value, 'f', 1); }

} // namespace Headroom
