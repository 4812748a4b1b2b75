// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/textrange.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Headroom {

/// A change of a scenario's text that leaves all of the rest as it is, comments too.
struct ScenarioEdit
{
    TextRange range; ///< What goes; empty: nothing.
    QString text; ///< What comes there.
};

/// Makes a scenario use the transport direct. Nothing when it does already, and when its text cannot be read as one.
std::optional<ScenarioEdit> editToDirect(const QByteArray &text);

} // namespace Headroom
