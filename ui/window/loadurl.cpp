// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/loadurl.h"

#include <QCoreApplication>

namespace Headroom {

namespace {

struct UrlTexts
{
    Q_DECLARE_TR_FUNCTIONS(UrlTexts)
};

} // namespace

std::optional<QUrl> loadUrl(QString text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    if (!text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("http://"));
    const QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && isHttp && !url.host().isEmpty() && url.userInfo().isEmpty() ? std::optional(url)
                                                                                        : std::nullopt;
}

Result<void> checkLoadUrl(const QString &text)
{
    if (loadUrl(text))
        return {};
    return failure(Error::Code::InvalidInput,
                   UrlTexts::tr("this is no URL for load; write http://host/path, without blanks or a user name"));
}

} // namespace Headroom
