// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/yaml/yamlnode.h"

#include <QStringList>

#include <utility>
#include <vector>

namespace Headroom {

/// Which of a scenario's profiles and environments are wanted.
struct ProfileChoice
{
    QStringList profiles; ///< Each "stub", or "mode=stub" with its group. Of groups not named here, the first counts.
    QString environment; ///< Empty: none.
    bool isEmpty() const { return profiles.isEmpty() && environment.isEmpty(); }
    bool operator==(const ProfileChoice &) const = default;
};

/// What a scenario has to choose from.
struct ProfileOffer
{
    struct Group
    {
        QString name;
        QStringList profiles; ///< The first is the default.
        bool operator==(const Group &) const = default;
    };
    std::vector<Group> groups;
    QStringList environments;
    bool isEmpty() const { return groups.empty() && environments.isEmpty(); }
    bool operator==(const ProfileOffer &) const = default;
};

/// One profile of each group, in the order of the groups: group and profile.
using ChosenProfiles = std::vector<std::pair<QString, QString>>;

/// Groups without a profile are left out.
ProfileOffer profileOffer(const YamlNode &scenario);
/// The same of a text; nothing when it is no YAML.
ProfileOffer readProfileOffer(const QByteArray &text);

/// Errors: InvalidInput for a name that is not there, or stands in several groups, or two profiles of one group.
Result<ChosenProfiles> chosenProfiles(const ProfileOffer &offer, const QStringList &names);
/// What is wrong with the name of an environment; empty when all is well, and for no environment.
QString environmentProblem(const ProfileOffer &offer, const QString &name);

/// What of an earlier choice the offer still has, each profile with its group.
ProfileChoice stillOffered(const ProfileOffer &offer, const ProfileChoice &choice);

/// "mode: stub", and "environment: staging": what reports call a choice.
QStringList profileWords(const ChosenProfiles &profiles, const QString &environment);
/// The choice that these words stand for.
ProfileChoice choiceOfWords(const QStringList &words);

} // namespace Headroom
