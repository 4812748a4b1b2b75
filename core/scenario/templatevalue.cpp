// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/templatevalue.h"

#include "core/scenario/jsontext.h"

#include <QUrl>

#include <algorithm>

namespace Headroom {

namespace {

QString percentEncoded(const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); }

QString jsonValue(const QString &text)
{
    const bool isBare = text == u"true" || text == u"false" || isJsonNumber(text);
    return isBare ? text : u'"' + jsonEscaped(text) + u'"';
}

bool isControl(QChar c) { return (c.unicode() < 0x20 && c != u'\t') || c.unicode() == 0x7F; }

/// How many digits a text begins with.
qsizetype digits(QStringView text)
{
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    return std::ranges::find_if_not(text, isDigit) - text.begin();
}

} // namespace

QString valueText(TextPlace place, const QString &value)
{
    switch (place) {
    case TextPlace::Plain:
    case TextPlace::Header:
    case TextPlace::Line:
        return value;
    case TextPlace::Path:
    case TextPlace::Query:
        return percentEncoded(value);
    case TextPlace::Form:
        return percentEncoded(value).replace(QLatin1String("%20"), QLatin1String("+"));
    case TextPlace::Json:
        return jsonEscaped(value);
    case TextPlace::JsonValue:
        return jsonValue(value);
    }
    Q_UNREACHABLE_RETURN({});
}

QString ownText(TextPlace place, const QString &text)
{
    return place == TextPlace::Path ? text : valueText(place, text);
}

QString misfitAt(TextPlace place, QStringView value)
{
    if (place == TextPlace::Header && std::ranges::any_of(value, isControl))
        return QStringLiteral("holds a line end or another control character, which a header cannot carry");
    if (place == TextPlace::Header && std::ranges::any_of(value, [](QChar c) { return c.unicode() > 0xFF; }))
        return QStringLiteral("holds characters beyond Latin-1, which a header cannot carry");
    if (place == TextPlace::Line
        && std::ranges::any_of(value, [](QChar c) { return c == u'\n' || c == u'\r' || c.isNull(); }))
        return QStringLiteral("holds a line end, which would make two lines of one");
    return {};
}

bool TemplateValue::isNumber() const
{
    return kind == Kind::User || kind == Kind::Iteration || kind == Kind::Random
        || (kind == Kind::Now && time != Time::Iso);
}

bool isJsonNumber(QStringView text)
{
    if (text.startsWith(u'-'))
        text = text.sliced(1);
    const qsizetype whole = digits(text);
    if (whole == 0 || (whole > 1 && text.front() == u'0'))
        return false;
    text = text.sliced(whole);
    if (text.startsWith(u'.')) {
        const qsizetype fraction = digits(text.sliced(1));
        if (fraction == 0)
            return false;
        text = text.sliced(1 + fraction);
    }
    if (text.startsWith(u'e', Qt::CaseInsensitive)) {
        text = text.sliced(1);
        if (text.startsWith(u'+') || text.startsWith(u'-'))
            text = text.sliced(1);
        return !text.isEmpty() && digits(text) == text.size();
    }
    return text.isEmpty();
}

} // namespace Headroom
