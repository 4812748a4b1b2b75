// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/profilechoice.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/yaml/yamlreader.h"

#include <algorithm>
#include <optional>

namespace Headroom {

namespace {

using Group = ProfileOffer::Group;

std::unexpected<Error> refused(const QString &message) { return failure(Error::Code::InvalidInput, message); }

QStringList keysOf(const YamlNode *mapping)
{
    QStringList keys;
    for (const YamlNode::Entry &entry : mapping ? mapping->entries : std::vector<YamlNode::Entry>())
        keys.append(entry.key);
    return keys;
}

/// "(did you mean ...?)", else what there is.
QString hintFor(const QString &word, const QStringList &known)
{
    const QString hint = didYouMean(word, known);
    return hint.isEmpty() ? QStringLiteral("; there are: ") + known.join(QLatin1String(", ")) : hint;
}

QStringList allNames(const ProfileOffer &offer)
{
    QStringList names;
    for (const Group &group : offer.groups)
        names.append(group.profiles);
    names.removeDuplicates();
    return names;
}

QStringList groupNames(const ProfileOffer &offer)
{
    QStringList names;
    for (const Group &group : offer.groups)
        names.append(group.name);
    return names;
}

Result<std::size_t> groupNamed(const ProfileOffer &offer, const QString &name)
{
    const auto found = std::ranges::find(offer.groups, name, &Group::name);
    if (found != offer.groups.end())
        return std::size_t(found - offer.groups.begin());
    return refused(
        QStringLiteral("there is no group of profiles %1%2").arg(formatQuoted(name), hintFor(name, groupNames(offer))));
}

/// The only group that has a profile.
Result<std::size_t> groupWith(const ProfileOffer &offer, const QString &profile)
{
    QStringList holders;
    std::size_t place = 0;
    for (std::size_t i = 0; i < offer.groups.size(); ++i) {
        if (!offer.groups[i].profiles.contains(profile))
            continue;
        place = i;
        holders.append(offer.groups[i].name);
    }
    if (holders.size() > 1)
        return refused(QStringLiteral("the groups %1 all have a profile %2; say which, as in %3=%4")
                           .arg(holders.join(QLatin1String(", ")), formatQuoted(profile), holders.first(), profile));
    if (holders.isEmpty())
        return refused(
            QStringLiteral("there is no profile %1%2").arg(formatQuoted(profile), hintFor(profile, allNames(offer))));
    return place;
}

struct Picked
{
    std::size_t group = 0;
    QString profile;
};

Result<Picked> pick(const ProfileOffer &offer, const QString &name)
{
    if (offer.groups.empty())
        return refused(QStringLiteral("the scenario has no profiles, so there is no %1").arg(formatQuoted(name)));
    const qsizetype equals = name.indexOf(u'=');
    const QString profile = name.sliced(equals + 1);
    const Result<std::size_t> group = equals < 0 ? groupWith(offer, profile) : groupNamed(offer, name.first(equals));
    if (!group)
        return std::unexpected(group.error());
    const QStringList &known = offer.groups[*group].profiles;
    if (!known.contains(profile))
        return refused(
            QStringLiteral("the group %1 has no profile %2%3")
                .arg(formatQuoted(offer.groups[*group].name), formatQuoted(profile), hintFor(profile, known)));
    return Picked{*group, profile};
}

} // namespace

ProfileOffer profileOffer(const YamlNode &scenario)
{
    ProfileOffer offer;
    const YamlNode *profiles = scenario.find(u"profiles");
    for (const QString &group : keysOf(profiles)) {
        if (const QStringList names = keysOf(profiles->find(group)); !names.isEmpty())
            offer.groups.push_back({group, names});
    }
    offer.environments = keysOf(scenario.find(u"environments"));
    return offer;
}

ProfileOffer readProfileOffer(const QByteArray &text)
{
    const YamlReading yaml = readYamlWithProblems(text);
    return yaml.root ? profileOffer(*yaml.root) : ProfileOffer();
}

Result<ChosenProfiles> chosenProfiles(const ProfileOffer &offer, const QStringList &names)
{
    std::vector<std::optional<QString>> picked(offer.groups.size());
    for (const QString &name : names) {
        const Result<Picked> one = pick(offer, name);
        if (!one)
            return std::unexpected(one.error());
        std::optional<QString> &place = picked[one->group];
        if (place && *place != one->profile)
            return refused(QStringLiteral("%1 and %2 are both profiles of the group %3; choose one of each group")
                               .arg(formatQuoted(*place), formatQuoted(one->profile),
                                    formatQuoted(offer.groups[one->group].name)));
        place = one->profile;
    }
    ChosenProfiles chosen;
    for (std::size_t i = 0; i < offer.groups.size(); ++i)
        chosen.emplace_back(offer.groups[i].name, picked[i].value_or(offer.groups[i].profiles.first()));
    return chosen;
}

QString environmentProblem(const ProfileOffer &offer, const QString &name)
{
    if (name.isEmpty() || offer.environments.contains(name))
        return {};
    if (offer.environments.isEmpty())
        return QStringLiteral("the scenario has no environments, so there is no %1").arg(formatQuoted(name));
    return QStringLiteral("there is no environment %1%2").arg(formatQuoted(name), hintFor(name, offer.environments));
}

ProfileChoice stillOffered(const ProfileOffer &offer, const ProfileChoice &choice)
{
    ProfileChoice left;
    std::vector<bool> isTaken(offer.groups.size());
    for (const QString &name : choice.profiles) {
        const Result<Picked> one = offer.groups.empty() ? refused({}) : pick(offer, name);
        if (!one || isTaken[one->group])
            continue;
        isTaken[one->group] = true;
        left.profiles.append(offer.groups[one->group].name + u'=' + one->profile);
    }
    if (offer.environments.contains(choice.environment))
        left.environment = choice.environment;
    return left;
}

QStringList profileWords(const ChosenProfiles &profiles, const QString &environment)
{
    QStringList words;
    for (const auto &[group, profile] : profiles)
        words.append(group + QLatin1String(": ") + profile);
    if (!environment.isEmpty())
        words.append(QLatin1String("environment: ") + environment);
    return words;
}

ProfileChoice choiceOfWords(const QStringList &words)
{
    ProfileChoice choice;
    for (const QString &word : words) {
        const qsizetype colon = word.indexOf(QLatin1String(": "));
        if (colon < 0)
            continue;
        const QString group = word.first(colon);
        const QString name = word.sliced(colon + 2);
        if (group == u"environment")
            choice.environment = name;
        else
            choice.profiles.append(group + u'=' + name);
    }
    return choice;
}

} // namespace Headroom
