// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/expositiontext.h"

#include <QLocale>

#include <cmath>

namespace Headroom {

namespace {

/// With \ and line feed escaped, and " in the value of a label.
QByteArray escaped(QByteArray text, bool isLabel)
{
    text.replace('\\', "\\\\").replace('\n', "\\n");
    return isLabel ? text.replace('"', "\\\"") : text;
}

} // namespace

QByteArray ExpositionText::number(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0.0 ? "+Inf" : "-Inf";
    return QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

void ExpositionText::begin(const QByteArray &name, const char *type, const QByteArray &help)
{
    m_name = name;
    m_text += "# HELP " + name + ' ' + escaped(help, false) + "\n# TYPE " + name + ' ' + type + '\n';
}

void ExpositionText::addTo(const char *suffix, const QByteArray &value, Labels labels)
{
    m_text += m_name + suffix;
    char before = '{';
    for (const auto &[name, content] : labels) {
        m_text += before + name + "=\"" + escaped(content, true) + '"';
        before = ',';
    }
    m_text += (labels.empty() ? " " : "} ") + value + '\n';
}

} // namespace Headroom
