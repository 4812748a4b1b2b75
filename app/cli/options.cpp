// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include "app/cli/console.h"
#include "core/base/suggestion.h"

namespace Headroom {

void addOption(QCommandLineParser &parser, const QStringList &names, const QString &help, const QString &value)
{
    parser.addOption(QCommandLineOption(names, help, value));
}

Result<void> parseArguments(QCommandLineParser &parser, const QString &command, const QStringList &arguments)
{
    addOption(parser, {QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Shows this help."));
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    if (parser.parse(QStringList{QStringLiteral("headroom ") + command} + arguments))
        return {};
    const QStringList unknown = parser.unknownOptionNames();
    if (unknown.isEmpty())
        return failure(Error::Code::InvalidInput, parser.errorText().trimmed());
    const QString &name = unknown.first();
    static const QStringList kKnown{
        QStringLiteral("rate"), QStringLiteral("users"), QStringLiteral("iterations"), QStringLiteral("duration"),
        QStringLiteral("target"), QStringLiteral("set"), QStringLiteral("seed"), QStringLiteral("transport"), QStringLiteral("http"),
        QStringLiteral("strict"), QStringLiteral("allow-host"), QStringLiteral("allow-commands"), QStringLiteral("out"), QStringLiteral("report"),
        QStringLiteral("progress"), QStringLiteral("workers"), QStringLiteral("samples"),
        QStringLiteral("attach"), QStringLiteral("force"), QStringLiteral("csv"), QStringLiteral("json"), QStringLiteral("hlog"),
        QStringLiteral("hlog-kind"), QStringLiteral("attachments"), QStringLiteral("from"), QStringLiteral("to"), QStringLiteral("speed")};
    return failure(Error::Code::InvalidInput, QStringLiteral("'headroom %1' has no option --%2%3; see headroom %1 --help")
                                                  .arg(command, name, didYouMean(name, kKnown)));
}

QStringList withOptions(const QStringList &arguments, const QStringList &more)
{
    const qsizetype end = arguments.indexOf(QStringLiteral("--"));
    const qsizetype place = end < 0 ? arguments.size() : end;
    return arguments.first(place) + more + arguments.sliced(place);
}

void printHelp(QCommandLineParser &parser, const QString &command)
{
    QString text = parser.helpText();
    const qsizetype end = text.indexOf(QLatin1Char('\n'));
    // Qt writes the program's path into the first line; people call it by name.
    const QString usage = text.first(end);
    text.replace(0, end, QStringLiteral("Usage: headroom ") + command + usage.sliced(usage.indexOf(QStringLiteral(" [options]"))));
    printOut(text.trimmed());
}

} // namespace Headroom
