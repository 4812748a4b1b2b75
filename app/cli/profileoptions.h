// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/profilechoice.h"

#include <QCommandLineParser>

namespace Headroom {

// --profile and --environment, which several subcommands take.

void addProfileOptions(QCommandLineParser &parser);
ProfileChoice profileChoice(const QCommandLineParser &parser);

} // namespace Headroom
