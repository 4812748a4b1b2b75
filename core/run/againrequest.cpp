// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/againrequest.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/session/mergedfrom.h"

#include <QFile>
#include <QFileInfo>

namespace Headroom {

namespace {

std::unexpected<Error> missing(const QString &what) { return failure(Error::Code::InvalidInput, what); }

/// Puts a value that could be read where it belongs.
template <typename T, typename Into> Result<void> take(const Result<T> &value, Into &into)
{
    if (!value)
        return std::unexpected(value.error());
    into = *value;
    return {};
}

Result<int> readUsers(const QString &text)
{
    bool isNumber = false;
    const int users = text.toInt(&isNumber);
    return isNumber && users > 0 ? Result<int>(users)
                                 : missing(QStringLiteral("%1 is no number of users").arg(formatQuoted(text)));
}

Result<std::uint64_t> readCount(const QString &text)
{
    bool isNumber = false;
    const qulonglong count = text.toULongLong(&isNumber);
    return isNumber && count > 0 ? Result<std::uint64_t>(count)
                                 : missing(QStringLiteral("%1 is no count").arg(formatQuoted(text)));
}

Result<QUrl> readTarget(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && isHttp && !url.host().isEmpty()
        ? Result<QUrl>(url)
        : missing(QStringLiteral("%1 is no http or https URL").arg(formatQuoted(text)));
}

/// One of those that LoadChange::described() writes.
Result<void> takeOption(const QString &option, const QString &value, LoadChange &change)
{
    const auto search = [&]() -> LimitChange & {
        if (!change.findLimit)
            change.findLimit.emplace();
        return *change.findLimit;
    };
    if (option == u"--rate")
        return take(parseRate(value), change.rate);
    if (option == u"--users")
        return take(readUsers(value), change.users);
    if (option == u"--iterations")
        return take(readCount(value), change.iterations);
    if (option == u"--duration")
        return take(parseDuration(value), change.duration);
    if (option == u"--target")
        return take(readTarget(value), change.target);
    if (option == u"--up-to")
        return take(parseRate(value), search().upTo);
    if (option == u"--hold")
        return take(parseDuration(value), search().hold);
    if (option == u"--confirm")
        return take(parseDuration(value), search().confirm);
    if (option != u"--find-limit")
        return missing(QStringLiteral("this version does not know it"));
    search();
    return {};
}

/// Rules that came from outside the scenario: the objectives of its suite.
QStringList rulesFromOutside(const RunFacts &facts)
{
    QStringList rules;
    for (const RunFacts::RequiredRule &one : facts.requiredRules) {
        if (!one.isImplicit && one.rule >= 0 && one.rule < facts.rules.size())
            rules << facts.rules[one.rule];
    }
    return rules;
}

template <typename T> void overlay(std::optional<T> &older, const std::optional<T> &newer)
{
    if (newer)
        older = newer;
}

} // namespace

Result<AgainRequest> againRequest(const SessionHead &head, const QString &sessionPath)
{
    const auto refused = [&](const QString &why) {
        return failure(Error::Code::InvalidInput, QStringLiteral("it cannot be run again: %1").arg(why), sessionPath);
    };
    if (head.scenarioText.trimmed().isEmpty())
        return refused(QStringLiteral("the session holds no scenario text"));
    if (isMerged(head))
        return refused(QStringLiteral("it was merged of several sessions; run each of those again"));
    AgainRequest again;
    again.folder = QFileInfo(sessionPath).absolutePath();
    RunRequest &request = again.request;
    request.scenarioText = head.scenarioText;
    request.scenarioFile = head.scenarioFile;
    request.choice = choiceOfWords(head.facts.profiles);
    request.seed = head.facts.seed;
    request.change.rules = rulesFromOutside(head.facts);
    for (const auto &[path, value] : head.overrides) {
        if (!path.startsWith(u"--")) {
            request.overrides.push_back({path, value});
        } else if (const auto taken = takeOption(path, value, request.change); !taken) {
            return refused(
                QStringLiteral("its option %1 cannot be read, %2").arg(formatQuoted(path), taken.error().message));
        }
    }
    return again;
}

std::vector<std::pair<QString, QString>> changesOf(const RunRequest &request)
{
    auto changes = request.change.described();
    for (const ScenarioOverride &one : request.overrides)
        changes.emplace_back(one.path, one.value);
    return changes;
}

LoadChange lengthOf(const RunRequest &request)
{
    LoadChange length;
    ScenarioReading reading = readScenario(request.scenarioText, request.overrides, request.choice);
    if (hasErrors(reading.diagnostics))
        return length; // told when it is prepared
    apply(request.change, reading.scenario);
    const Scenario::Load &load = reading.scenario.load;
    if (load.findLimit || load.iterationsEach || load.batches)
        return length;
    Nanoseconds sum{};
    for (const Scenario::Stage &stage : load.stages)
        sum += stage.length;
    if (sum > 0ns)
        length.duration = sum;
    length.iterations = load.iterations;
    return length;
}

LoadChange overlaid(const LoadChange &older, const LoadChange &newer)
{
    LoadChange both = older;
    overlay(both.rate, newer.rate);
    overlay(both.users, newer.users);
    overlay(both.iterations, newer.iterations);
    overlay(both.duration, newer.duration);
    overlay(both.target, newer.target);
    if (newer.findLimit) {
        LimitChange search = both.findLimit.value_or(LimitChange());
        overlay(search.upTo, newer.findLimit->upTo);
        overlay(search.hold, newer.findLimit->hold);
        overlay(search.confirm, newer.findLimit->confirm);
        both.findLimit = search;
    }
    both.rules += newer.rules;
    return both;
}

ProfileChoice overlaid(const ProfileOffer &offer, const ProfileChoice &older, const ProfileChoice &newer)
{
    const auto groupOf = [](const QString &chosen) { return chosen.section(u'=', 0, 0); };
    QStringList groups; // that are chosen anew
    for (const QString &chosen : stillOffered(offer, newer).profiles)
        groups << groupOf(chosen);
    ProfileChoice both = newer; // with what is not offered, so that it is told
    for (const QString &chosen : older.profiles) {
        if (!groups.contains(groupOf(chosen)))
            both.profiles << chosen;
    }
    if (both.environment.isEmpty())
        both.environment = older.environment;
    return both;
}

bool isSessionFile(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return false;
    QFile file(path);
    const bool beginsLikeOne =
        file.open(QIODevice::ReadOnly) && file.read(16) == QByteArrayView("SQLite format 3\0", 16);
    return beginsLikeOne || path.endsWith(QLatin1String(".headroom"));
}

} // namespace Headroom
