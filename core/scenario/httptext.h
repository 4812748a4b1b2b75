// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

namespace Headroom {

/// What is wrong with pieces of HTTP that a scenario names. Each answers with a sentence, empty when all is well.

/// Of an absolute address: http or https, with a host, without user info and fragment.
QString addressProblem(const QString &text);
/// Of an absolute path ("/stats?x=1") or an address.
QString locationProblem(const QString &text);
QString methodProblem(const QString &method);
QString headerNameProblem(const QString &name);
QString headerValueProblem(const QString &value);
/// Whether a text is a token of RFC 9110, section 5.6.2: what methods and names of headers and cookies are made of.
bool isToken(QStringView text);

} // namespace Headroom
