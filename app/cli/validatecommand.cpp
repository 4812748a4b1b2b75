// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/exitcodes.h"
#include "app/cli/options.h"
#include "app/cli/profileoptions.h"
#include "app/cli/scenariovariants.h"
#include "app/cli/suitecommand.h"
#include "core/base/humanformat.h"
#include "core/run/preparation.h"
#include "core/scenario/suite.h"

#include <QSet>

namespace Headroom {

namespace {

/// "1 flow", "2 flows"
QString counted(std::size_t count, const char *word)
{
    return QStringLiteral("%1 %2%3").arg(count).arg(QLatin1String(word), QLatin1String(count == 1 ? "" : "s"));
}

QString summaryOf(const Preparation &preparation)
{
    const Plan &plan = *preparation.plan;
    const QString endless = plan.findLimit ? QStringLiteral("until the limit is found") : QStringLiteral("until the count is reached");
    const QString length = plan.length > 0ns ? formatDuration(plan.length) : endless;
    return QStringLiteral("fine: %1, %2, %3, %4, %5")
        .arg(counted(plan.flows.size(), "flow"), counted(plan.steps.size(), "step"), counted(plan.stages.size(), "stage"),
             length, counted(preparation.rules.size(), "rule"));
}

/// Prints what a file has not said before: with other profiles much stays the same.
class Teller
{
public:
    explicit Teller(QString path)
        : m_path(std::move(path))
    {
    }
    /// `words`: which choice they belong to; empty: there is no other.
    void tell(const Diagnostics &diagnostics, const QString &words)
    {
        Diagnostics unheard;
        for (const Diagnostic &diagnostic : diagnostics) {
            const QString line = formatDiagnostic(m_path, diagnostic);
            if (m_told.contains(line))
                continue;
            m_told.insert(line);
            unheard.push_back(diagnostic);
        }
        if (!unheard.empty() && !words.isEmpty())
            printError(m_path + words + QLatin1Char(':'));
        printDiagnostics(m_path, unheard);
    }

private:
    const QString m_path;
    QSet<QString> m_told;
};

QString wordsFor(const ProfileChoice &choice)
{
    QStringList words = choice.profiles;
    if (!choice.environment.isEmpty())
        words.append(QStringLiteral("environment ") + choice.environment);
    return words.isEmpty() ? QString() : QStringLiteral(" with ") + words.join(QStringLiteral(", "));
}

/// Each choice by itself: what is fine with one may be wrong with another.
bool validate(const QString &path, const QByteArray &text, const std::vector<ProfileChoice> &choices)
{
    Teller teller(path);
    bool isFine = true;
    QString summary;
    for (const ProfileChoice &choice : choices) {
        const auto preparation = prepare(text, {}, {}, 1, folderOf(path), choice);
        if (!preparation) {
            isFine = false;
            teller.tell(preparation.error(), wordsFor(choice));
            continue;
        }
        teller.tell(preparation->warnings, wordsFor(choice));
        if (summary.isEmpty())
            summary = summaryOf(*preparation);
    }
    if (isFine && choices.size() > 1)
        summary += QStringLiteral("; with each of %1 choices of profiles and environments").arg(choices.size());
    if (isFine)
        printOut(QStringLiteral("%1: %2").arg(path, summary));
    return isFine;
}

bool validate(const QString &path, const ProfileChoice &choice)
{
    const Result<QByteArray> text = readFile(path);
    if (!text) {
        printError(text.error().text());
        return false;
    }
    if (isSuite(*text) && !choice.isEmpty()) {
        printError(QStringLiteral("%1 is a suite, whose members name their own profiles and environments; leave --profile "
                                  "and --environment out")
                       .arg(path));
        return false;
    }
    if (isSuite(*text))
        return validateSuite(path, *text);
    return validate(path, *text, choice.isEmpty() ? scenarioVariants(readProfileOffer(*text)) : std::vector{choice});
}

} // namespace

int validateCommand(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Checks scenarios without any load and names every problem as file:line:column."));
    parser.addPositionalArgument(QStringLiteral("FILE..."), QStringLiteral("Scenario files; - is standard input."));
    addProfileOptions(parser);
    if (const auto parsed = parseArguments(parser, QStringLiteral("validate"), arguments); !parsed) {
        printError(parsed.error().text());
        return kExitUsage;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        printHelp(parser, QStringLiteral("validate"));
        return kExitMet;
    }
    if (parser.positionalArguments().isEmpty()) {
        printError(QStringLiteral("name at least one file: headroom validate FILE..."));
        return kExitUsage;
    }
    int exitCode = kExitMet;
    for (const QString &path : parser.positionalArguments()) {
        if (!validate(path, profileChoice(parser)))
            exitCode = kExitUsage;
    }
    return exitCode;
}

} // namespace Headroom
