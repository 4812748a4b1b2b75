// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/argumentmask.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

const QString kMask = QStringLiteral("***");

/// What the name of an option or a variable says of its value.
bool isSecretName(QStringView name)
{
    static const QRegularExpression kSecret(
        QStringLiteral(
            "pass(word|wd|phrase)?$|pwd$|secret|token|credential|auth|cookie|session|api[-_]?key|(access|private|"
            "secret|signing|encryption)[-_]?key"),
        QRegularExpression::CaseInsensitiveOption);
    return kSecret.matchView(name).hasMatch();
}

/// In a URL: https://me:word@host. In a header: Authorization: Bearer word.
QString withoutInnerSecrets(QString text)
{
    static const QRegularExpression kUser(QStringLiteral("(://[^/@\\s:]*:)[^/@\\s]*(?=@)"));
    static const QRegularExpression kQuery(
        QStringLiteral("([?&;][^=&?\\s]*(?:pass|pwd|secret|token|key|auth|sig)[^=&?\\s]*=)[^&\\s]*"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kScheme(QStringLiteral("\\b(Bearer|Basic|Digest)\\s+\\S+"),
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kHeader(
        QStringLiteral("^([\\w-]*(?:authorization|cookie|token|api-?key|secret)[\\w-]*:\\s*).+$"),
        QRegularExpression::CaseInsensitiveOption);
    text.replace(kHeader, QStringLiteral("\\1") + kMask);
    text.replace(kUser, QStringLiteral("\\1") + kMask);
    text.replace(kQuery, QStringLiteral("\\1") + kMask);
    return text.replace(kScheme, QStringLiteral("\\1 ") + kMask);
}

} // namespace

QStringList maskedArguments(const QStringList &arguments)
{
    QStringList shown;
    bool isValueOfSecret = false;
    for (const QString &argument : arguments) {
        const qsizetype equals = argument.indexOf(u'=');
        const bool isOption = argument.startsWith(u'-');
        if (isValueOfSecret && !isOption) {
            shown << kMask;
            isValueOfSecret = false;
        } else if (equals > 0 && isSecretName(QStringView(argument).first(equals))) {
            shown << argument.first(equals + 1) + kMask;
            isValueOfSecret = false;
        } else {
            isValueOfSecret = isOption && equals < 0 && isSecretName(argument);
            shown << withoutInnerSecrets(argument);
        }
    }
    return shown;
}

} // namespace Headroom
