// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/jsontext.h"

#include "core/scenario/fieldvalue.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

QByteArray jsonString(const QString &text)
{
    QByteArray json = "\"";
    for (const char c : text.toUtf8()) {
        if (c == '"' || c == '\\')
            json += '\\';
        if (static_cast<uchar>(c) < 0x20)
            json += "\\u" + QByteArray::number(c, 16).rightJustified(4, '0');
        else
            json += c;
    }
    return json + '"';
}

/// "+007.50e+3" as "7.50e+3", ".5" as "0.5", "5." as "5".
QByteArray decimalNumber(const QRegularExpressionMatch &match)
{
    QString whole = match.captured(QStringLiteral("whole"));
    while (whole.size() > 1 && whole.startsWith(u'0'))
        whole.removeFirst();
    const QString fraction =
        match.captured(QStringLiteral("fraction")) + match.captured(QStringLiteral("fractionOnly"));
    const QString sign = match.captured(QStringLiteral("sign")) == u"-" ? QStringLiteral("-") : QString();
    return (sign + (whole.isEmpty() ? QStringLiteral("0") : whole) + (fraction.isEmpty() ? QString() : u'.' + fraction)
            + match.captured(QStringLiteral("exponent")))
        .toLatin1();
}

/// The JSON number that an unquoted text stands for in YAML 1.2's core schema (section 10.3.2); empty for other texts.
QByteArray jsonNumber(const QString &text)
{
    constexpr int kHex = 16;
    constexpr int kOctal = 8;
    static const QRegularExpression decimal(QStringLiteral(
        R"(\A(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fractionOnly>[0-9]+))(?<exponent>(?:[eE][-+]?[0-9]+)?)\z)"));
    static const QRegularExpression based(QStringLiteral(R"(\A(0x[0-9a-fA-F]+|0o[0-7]+)\z)"));
    if (const auto match = based.match(text); match.hasMatch()) {
        bool fits = false;
        const qulonglong number = QStringView(text).sliced(2).toULongLong(&fits, text[1] == u'x' ? kHex : kOctal);
        return fits ? QByteArray::number(number) : QByteArray();
    }
    const auto match = decimal.match(text);
    return match.hasMatch() ? decimalNumber(match) : QByteArray();
}

bool isInfinityOrNan(const QString &text)
{
    static const QRegularExpression words(QStringLiteral(R"(\A([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z)"));
    return words.match(text).hasMatch();
}

QByteArray scalarJson(const YamlNode &scalar, std::vector<YamlProblem> &problems)
{
    if (scalar.isQuoted)
        return jsonString(scalar.text);
    if (const auto boolean = parseBoolean(scalar.text))
        return *boolean ? "true" : "false";
    if (isInfinityOrNan(scalar.text))
        problems.push_back(
            {scalar.range, QStringLiteral("JSON has no %1; put it in quotes to send it as a text").arg(scalar.text)});
    const QByteArray number = jsonNumber(scalar.text);
    return number.isEmpty() ? jsonString(scalar.text) : number;
}

void append(QByteArray &json, const YamlNode &node, std::vector<YamlProblem> &problems)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        json += "null";
        return;
    case YamlNode::Kind::Scalar:
        json += scalarJson(node, problems);
        return;
    case YamlNode::Kind::Sequence:
        json += '[';
        for (const YamlNode &item : node.items) {
            append(json, item, problems);
            json += ',';
        }
        break;
    case YamlNode::Kind::Mapping:
        json += '{';
        for (const YamlNode::Entry &entry : node.entries) {
            json += jsonString(entry.key) + ':';
            append(json, entry.value, problems);
            json += ',';
        }
        break;
    }
    if (json.endsWith(','))
        json.chop(1);
    json += node.isSequence() ? ']' : '}';
}

} // namespace

QByteArray toJson(const YamlNode &node, std::vector<YamlProblem> &problems)
{
    QByteArray json;
    append(json, node, problems);
    return json;
}

} // namespace Headroom
