// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/jsontext.h"

#include "core/scenario/fieldvalue.h"
#include "core/scenario/templatereader.h"

#include <QRegularExpression>

#include <functional>

namespace Headroom {

namespace {

QString jsonString(const QString &text) { return u'"' + jsonEscaped(text) + u'"'; }

/// "+007.50e+3" as "7.50e+3", ".5" as "0.5", "5." as "5".
QString decimalNumber(const QRegularExpressionMatch &match)
{
    QString whole = match.captured(QStringLiteral("whole"));
    while (whole.size() > 1 && whole.startsWith(u'0'))
        whole.removeFirst();
    const QString fraction =
        match.captured(QStringLiteral("fraction")) + match.captured(QStringLiteral("fractionOnly"));
    const QString sign = match.captured(QStringLiteral("sign")) == u"-" ? QStringLiteral("-") : QString();
    return sign + (whole.isEmpty() ? QStringLiteral("0") : whole) + (fraction.isEmpty() ? QString() : u'.' + fraction)
        + match.captured(QStringLiteral("exponent"));
}

/// The JSON number that an unquoted text stands for in YAML 1.2's core schema (section 10.3.2); empty for other texts.
QString jsonNumber(const QString &text)
{
    constexpr int kHex = 16;
    constexpr int kOctal = 8;
    static const QRegularExpression decimal(QStringLiteral(
        R"(\A(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fractionOnly>[0-9]+))(?<exponent>(?:[eE][-+]?[0-9]+)?)\z)"));
    static const QRegularExpression based(QStringLiteral(R"(\A(0x[0-9a-fA-F]+|0o[0-7]+)\z)"));
    if (const auto match = based.match(text); match.hasMatch()) {
        bool fits = false;
        const qulonglong number = QStringView(text).sliced(2).toULongLong(&fits, text[1] == u'x' ? kHex : kOctal);
        return fits ? QString::number(number) : QString();
    }
    const auto match = decimal.match(text);
    return match.hasMatch() ? decimalNumber(match) : QString();
}

bool isInfinityOrNan(const QString &text)
{
    static const QRegularExpression words(QStringLiteral(R"(\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z)"));
    return words.match(text).hasMatch();
}

/// A text without quotes.
QString plainJson(const QString &text, const TextRange &range, std::vector<YamlProblem> &problems)
{
    if (const auto boolean = parseBoolean(text))
        return *boolean ? QStringLiteral("true") : QStringLiteral("false");
    if (isInfinityOrNan(text))
        problems.push_back(
            {range, QStringLiteral("JSON has no %1; put it in quotes to send it as a text").arg(text)});
    const QString number = jsonNumber(text);
    return number.isEmpty() ? jsonString(text) : number;
}

using ScalarJson = std::function<TextTemplate(const YamlNode &)>;

TextTemplate scalarJson(const YamlNode &scalar, std::vector<YamlProblem> &problems)
{
    return scalar.isQuoted ? jsonString(scalar.text) : plainJson(scalar.text, scalar.range, problems);
}

TextTemplate valueAlone(TemplateValue value)
{
    value.place = TextPlace::JsonValue;
    TextTemplate text;
    text.append(value);
    return text;
}

TextTemplate scalarTemplate(const YamlNode &scalar, const TemplateReader &reader, std::vector<YamlProblem> &problems)
{
    if (!hasTemplate(scalar.text))
        return scalarJson(scalar, problems);
    if (!scalar.isQuoted) {
        const auto text = reader.read(scalar, TextPlace::Plain);
        if (!text)
            return {};
        if (text->isConstant())
            return plainJson(text->constant(), scalar.range, problems);
        if (text->pieces().size() == 1 && text->pieces().front().text.isEmpty())
            return valueAlone(*text->pieces().front().value);
    }
    TextTemplate json(QStringLiteral("\""));
    json.append(reader.read(scalar, TextPlace::Json).value_or(TextTemplate()));
    json.append(QStringLiteral("\""));
    return json;
}

void append(TextTemplate &json, const YamlNode &node, const ScalarJson &scalar)
{
    const auto comma = [&json](bool isFirst) { json.append(isFirst ? QString() : QStringLiteral(",")); };
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return json.append(QStringLiteral("null"));
    case YamlNode::Kind::Scalar:
        return json.append(scalar(node));
    case YamlNode::Kind::Sequence:
        json.append(QStringLiteral("["));
        for (const YamlNode &item : node.items) {
            comma(&item == &node.items.front());
            append(json, item, scalar);
        }
        return json.append(QStringLiteral("]"));
    case YamlNode::Kind::Mapping:
        json.append(QStringLiteral("{"));
        for (const YamlNode::Entry &entry : node.entries) {
            comma(&entry == &node.entries.front());
            json.append(jsonString(entry.key) + u':');
            append(json, entry.value, scalar);
        }
        return json.append(QStringLiteral("}"));
    }
}

} // namespace

QByteArray toJson(const YamlNode &node, std::vector<YamlProblem> &problems)
{
    TextTemplate json;
    append(json, node, [&problems](const YamlNode &scalar) { return scalarJson(scalar, problems); });
    return json.constant().toUtf8();
}

TextTemplate jsonTemplate(const YamlNode &node, const TemplateReader &reader, std::vector<YamlProblem> &problems)
{
    TextTemplate json;
    append(json, node, [&](const YamlNode &scalar) { return scalarTemplate(scalar, reader, problems); });
    return json;
}

QString jsonEscaped(const QString &text)
{
    QString json;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            json += u'\\';
        if (c.unicode() < 0x20)
            json += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            json += c;
    }
    return json;
}

} // namespace Headroom
