// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/httptext.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

bool holdsBlank(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.isSpace() || !c.isPrint() || c == u'\\'; });
}

} // namespace

bool isToken(QStringView text)
{
    const auto isTokenCharacter = [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9')
            || QStringView(u"!#$%&'*+-.^_`|~").contains(c);
    };
    return !text.isEmpty() && std::ranges::all_of(text, isTokenCharacter);
}

QString addressProblem(const QString &text)
{
    constexpr auto kScheme = "%1 is not an http or https address; write it like http://127.0.0.1:8080";
    const QUrl url(text, QUrl::StrictMode);
    if (!QUrl(text).userInfo().isEmpty())
        return QStringLiteral(
            "an address must not hold a user name or password; send them in a header, such as Authorization");
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != u"http" && url.scheme() != u"https"))
        return QString::fromLatin1(kScheme).arg(formatQuoted(text));
    if (url.port() == 0)
        return QStringLiteral("port 0 cannot be connected to; write the port that the server listens on");
    if (url.hasFragment())
        return QStringLiteral("the part behind '#' is never sent; remove it");
    return {};
}

QString locationProblem(const QString &text)
{
    if (!text.startsWith(u'/'))
        return text.contains(QLatin1String("://"))
            ? addressProblem(text)
            : QStringLiteral("%1 is not a path; begin it with '/'").arg(formatQuoted(text));
    if (text.startsWith(QLatin1String("//")))
        return QStringLiteral("a path begins with one '/'; two would name another host");
    if (text.contains(u'#'))
        return QStringLiteral("the part behind '#' is never sent; remove it, or write %23 for the character");
    if (holdsBlank(text) || !QUrl(QStringLiteral("http://host") + text, QUrl::StrictMode).isValid())
        return QStringLiteral("%1 holds characters that a path cannot; percent-encode them (a blank is %20)")
            .arg(formatQuoted(text));
    return {};
}

QString methodProblem(const QString &method)
{
    return isToken(method) ? QString() : QStringLiteral("%1 is not a method; write one word").arg(formatQuoted(method));
}

QString headerNameProblem(const QString &name)
{
    if (!isToken(name))
        return QStringLiteral("%1 is not a header name; use letters, digits and '-'").arg(formatQuoted(name));
    const QString lower = name.toLower();
    if (lower == u"content-length" || lower == u"transfer-encoding")
        return QStringLiteral("%1 follows from the body; remove it").arg(formatQuoted(name));
    return {};
}

QString headerValueProblem(const QString &value)
{
    const auto isControl = [](QChar c) { return (c.unicode() < 0x20 && c != u'\t') || c.unicode() == 0x7F; };
    if (std::ranges::any_of(value, isControl))
        return QStringLiteral("a header value must not hold line ends or control characters");
    if (std::ranges::any_of(value, [](QChar c) { return c.unicode() > 0xFF; }))
        return QStringLiteral(
            "a header value holds Latin-1 characters only; encode the others as the server expects them");
    return {};
}

} // namespace Headroom
