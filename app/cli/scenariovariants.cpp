// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/scenariovariants.h"

namespace Headroom {

namespace {

constexpr std::size_t kMostCombinations = 64;

std::size_t combinationsOf(const ProfileOffer &offer)
{
    std::size_t count = std::size_t(offer.environments.size()) + 1;
    for (const ProfileOffer::Group &group : offer.groups) {
        count *= std::size_t(group.profiles.size());
        if (count > kMostCombinations)
            break; // it is enough to know that
    }
    return count;
}

QString chosen(const ProfileOffer::Group &group, const QString &profile) { return group.name + u'=' + profile; }

std::vector<ProfileChoice> combinations(const ProfileOffer &offer)
{
    std::vector<ProfileChoice> choices(1);
    for (const QString &environment : offer.environments)
        choices.push_back({{}, environment});
    for (const ProfileOffer::Group &group : offer.groups) {
        std::vector<ProfileChoice> longer;
        for (const QString &profile : group.profiles) {
            for (const ProfileChoice &choice : choices)
                longer.push_back({choice.profiles + QStringList{chosen(group, profile)}, choice.environment});
        }
        choices = std::move(longer);
    }
    return choices;
}

std::vector<ProfileChoice> eachOnce(const ProfileOffer &offer)
{
    std::vector<ProfileChoice> choices(1);
    for (const ProfileOffer::Group &group : offer.groups) {
        for (const QString &profile : group.profiles.sliced(1))
            choices.push_back({{chosen(group, profile)}, {}});
    }
    for (const QString &environment : offer.environments)
        choices.push_back({{}, environment});
    return choices;
}

} // namespace

std::vector<ProfileChoice> scenarioVariants(const ProfileOffer &offer)
{
    return combinationsOf(offer) <= kMostCombinations ? combinations(offer) : eachOnce(offer);
}

} // namespace Headroom
