// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/profileoptions.h"

#include "app/cli/options.h"

namespace Headroom {

namespace {

const QString kProfile = QStringLiteral("profile");
const QString kEnvironment = QStringLiteral("environment");

} // namespace

void addProfileOptions(QCommandLineParser &parser)
{
    addOption(parser, {kProfile},
              QStringLiteral("A profile of the scenario, by its name or as GROUP=NAME. May be repeated; of groups not "
                             "named the first profile counts."),
              QStringLiteral("NAME"));
    addOption(parser, {kEnvironment}, QStringLiteral("An environment of the scenario; by default none."),
              QStringLiteral("NAME"));
}

ProfileChoice profileChoice(const QCommandLineParser &parser)
{
    return {parser.values(kProfile), parser.value(kEnvironment)};
}

} // namespace Headroom
