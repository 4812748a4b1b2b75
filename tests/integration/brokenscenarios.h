// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/textrange.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace Headroom {

/// A scenario that is fine but for one thing.
struct BrokenScenario
{
    QByteArray name; ///< What is wrong with it.
    QByteArray text;
    std::vector<TextRange> places; ///< Where the first error may begin: in one of these.
};

/// What tests/data/broken/base.yaml becomes by the edits of a file beside it, whose first lines say how they are
/// written. Ends the program when an edit fits nowhere.
std::vector<BrokenScenario> brokenScenarios(const QString &file);

} // namespace Headroom
