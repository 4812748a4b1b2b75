// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/cookiejar.h"

#include <QDateTime>
#include <QNetworkCookie>
#include <QNetworkCookieJar>

#include <algorithm>

namespace Headroom {

class CookieJar::Jar : public QNetworkCookieJar
{
public:
    /// Takes one cookie; when there were too many then, everything stays as it was.
    void add(QNetworkCookie cookie, const QUrl &url)
    {
        cookie.normalize(url);
        forgetExpired();
        const QList<QNetworkCookie> before = allCookies();
        if (validateCookie(cookie, url) && insertCookie(cookie) && isTooLarge())
            setAllCookies(before);
    }

private:
    /// Qt sends them no more, but keeps them.
    void forgetExpired()
    {
        QList<QNetworkCookie> cookies = allCookies();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto isExpired
            = [&now](const QNetworkCookie &cookie) { return !cookie.isSessionCookie() && cookie.expirationDate() < now; };
        if (cookies.removeIf(isExpired) > 0)
            setAllCookies(cookies);
    }

    bool isTooLarge() const
    {
        const QList<QNetworkCookie> cookies = allCookies();
        qsizetype bytes = 0;
        for (const QNetworkCookie &cookie : cookies)
            bytes += cookie.name().size() + cookie.value().size();
        return cookies.size() > kMostCookies || bytes > kMostBytes;
    }
};

CookieJar::CookieJar() = default;
CookieJar::~CookieJar() = default;
CookieJar::CookieJar(CookieJar &&) noexcept = default;
CookieJar &CookieJar::operator=(CookieJar &&) noexcept = default;

void CookieJar::addTo(HttpRequest &request) const
{
    if (isEmpty())
        return;
    QByteArray line;
    const QList<QNetworkCookie> cookies = m_jar->cookiesForUrl(request.url);
    for (const QNetworkCookie &cookie : cookies)
        line += (line.isEmpty() ? QByteArray() : QByteArray("; ")) + cookie.name() + '=' + cookie.value();
    if (line.isEmpty())
        return;
    request.form = 0; // no more like the others
    const auto written = std::ranges::find_if(
        request.headers, [](const auto &header) { return header.first.compare("Cookie", Qt::CaseInsensitive) == 0; });
    if (written == request.headers.end())
        request.headers.emplace_back("Cookie", line);
    else
        written->second += (written->second.isEmpty() ? QByteArray() : QByteArray("; ")) + line;
}

void CookieJar::take(const QUrl &url, const QList<QByteArray> &setCookies)
{
    qsizetype left = kMostCookies; // of one answer
    for (const QByteArray &line : setCookies) {
        if (left-- == 0)
            return;
        if (line.size() > kLongestLine)
            continue;
        if (!m_jar)
            m_jar = std::make_unique<Jar>();
        for (const QNetworkCookie &cookie : QNetworkCookie::parseCookies(line))
            m_jar->add(cookie, url);
    }
}

} // namespace Headroom
