// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"

#include <memory>

namespace Headroom {

/// The cookies of one virtual user: what answers have set goes into later requests, by RFC 6265 (domain, path, secure
/// and expiry; cookies for a whole public suffix such as co.uk are refused).
///
/// Memory: a pointer until the first cookie is set; then at most kMostCookies and kMostBytes, whatever a target sends.
/// Thread: one.
class CookieJar
{
public:
    static constexpr qsizetype kMostCookies = 50; ///< A browser keeps at least so many of a host (RFC 6265, 6.1).
    static constexpr qsizetype kMostBytes = 16 * 1024; ///< Of all names and values: more than servers take in a head.
    static constexpr qsizetype kLongestLine = 4096; ///< Of one Set-Cookie line.

    CookieJar();
    ~CookieJar();
    CookieJar(CookieJar &&) noexcept;
    CookieJar &operator=(CookieJar &&) noexcept;

    /// Whether no answer has set one: then addTo() has nothing to do.
    bool isEmpty() const { return !m_jar; }
    /// Adds the cookies for the request's URL behind those that its Cookie header has already.
    void addTo(HttpRequest &request) const;
    /// Takes what an answer from `url` has set. What exceeds the limits is left out.
    void take(const QUrl &url, const QList<QByteArray> &setCookies);

private:
    class Jar;
    std::unique_ptr<Jar> m_jar;
};

} // namespace Headroom
