// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace Headroom {

/// What a session says of its run before the first frame.
struct SessionHead
{
    RunFacts facts;
    QByteArray scenarioText; ///< As read, or as made for a run of a bare URL.
    QString scenarioFile; ///< File name without folder; empty for a run of a bare URL.
    std::vector<std::pair<QString, QString>> overrides; ///< What the command line changed: path, value.
    std::vector<std::pair<QString, QString>>
        environment; ///< Machine and build facts, in order: "cpu", "kernel", "qt" ...
    QString toolVersion; ///< Of the program that recorded.
    qint64 startedAtMs = 0; ///< Wall clock, ms since 1970 UTC.
    bool operator==(const SessionHead &) const = default;
};

} // namespace Headroom
