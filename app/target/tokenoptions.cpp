// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target/tokenoptions.h"

#include "app/target/optionvalue.h"

#include <QFile>

#include <algorithm>

namespace Headroom {

namespace {

constexpr qsizetype kLongestToken = 4096; // what servers take as one header

struct Options
{
    QCommandLineOption token{
        QStringLiteral("admin-token"),
        QStringLiteral(
            "Bearer token for POST /admin/reload, /admin/freeze and /admin/service-time; whoever lists processes "
            "sees it."),
        QStringLiteral("TOKEN")};
    QCommandLineOption variable{QStringLiteral("admin-token-env"),
                                QStringLiteral("Environment variable with that token."), QStringLiteral("NAME")};
    QCommandLineOption file{QStringLiteral("admin-token-file"), QStringLiteral("File with that token alone."),
                            QStringLiteral("FILE")};
};

Result<QByteArray> tokenOf(const QCommandLineParser &parser, const Options &known)
{
    if (parser.isSet(known.token))
        return parser.value(known.token).toUtf8();
    if (parser.isSet(known.variable))
        return qgetenv(qPrintable(parser.value(known.variable))).trimmed();
    QFile file(parser.value(known.file));
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::Code::Unreadable,
                       QStringLiteral("--admin-token-file: cannot be read (%1); name a file with the token alone")
                           .arg(file.errorString()),
                       file.fileName());
    return file.read(kLongestToken + 2).trimmed(); // a longer one is refused below
}

} // namespace

QList<QCommandLineOption> tokenOptions()
{
    const Options known;
    return {known.token, known.variable, known.file};
}

Result<QByteArray> readToken(const QCommandLineParser &parser)
{
    const Options known;
    const QCommandLineOption options[]{known.token, known.variable, known.file};
    const auto isSet = [&parser](const QCommandLineOption &option) { return parser.isSet(option); };
    const auto set = std::ranges::find_if(options, isSet);
    if (set == std::end(options))
        return QByteArray();
    if (std::ranges::count_if(options, isSet) > 1)
        return badOption(*set, QStringLiteral("there is one token; leave the other option out"));
    const auto token = tokenOf(parser, known);
    if (!token)
        return token;
    const bool isPlain = std::ranges::all_of(*token, [](char c) { return c > ' ' && c < 0x7f; });
    if (token->isEmpty() || token->size() > kLongestToken || !isPlain)
        return badOption(
            *set,
            QStringLiteral("the token is empty, longer than 4096 characters or not of plain letters, digits "
                           "and signs; set another"));
    return token;
}

} // namespace Headroom
