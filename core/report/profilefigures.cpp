// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/profilefigures.h"

namespace Headroom {

namespace {

bool isProfile(const SessionReader::AttachmentEntry &entry)
{
    const bool isFolded =
        entry.mediaType == QLatin1String("text/x-folded-stacks") || entry.name.endsWith(QLatin1String(".folded"));
    return isFolded && entry.size > 0 && entry.size <= kLongestProfileShown;
}

} // namespace

Result<std::vector<ProfileFigures>> readProfiles(const SessionReader &session)
{
    std::vector<ProfileFigures> profiles;
    const auto &entries = session.attachments();
    for (std::size_t i = 0; i < entries.size() && profiles.size() < kMostProfilesShown; ++i) {
        if (!isProfile(entries[i]))
            continue;
        const auto attachment = session.attachment(i);
        if (!attachment)
            return std::unexpected(attachment.error());
        if (StackTree tree = StackTree::parse(attachment->bytes); !tree.isEmpty())
            profiles.push_back({entries[i].name, entries[i].at, std::move(tree)});
    }
    return profiles;
}

} // namespace Headroom
