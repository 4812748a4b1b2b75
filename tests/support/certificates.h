// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace Headroom {

/// Makes certificates and keys with openssl, in a folder. All of them are PEM unless their name says otherwise.
class Certificates
{
public:
    explicit Certificates(const QString &folder)
        : m_folder(folder)
    {
    }
    /// NAME.pem and NAME.key, an elliptic curve's; from `authority` (as NAME) or signed by itself.
    /// Errors: NotFound when openssl is not installed, Unreachable with its own words.
    /// `more`: further options of openssl-req.
    Result<void> make(const QString &name, const QString &authority = {}, const QStringList &more = {}) const;
    /// Any other call: openssl ARGUMENTS.
    Result<void> openssl(const QStringList &arguments) const;
    QString path(const QString &file) const { return m_folder + u'/' + file; }
    QByteArray content(const QString &file) const;

private:
    QString m_folder;
};

} // namespace Headroom
