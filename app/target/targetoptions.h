// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/target/answeroptions.h"
#include "app/target/servicetime.h"
#include "app/target/troubleoptions.h"
#include "core/base/result.h"

#include <QHostAddress>
#include <QStringList>

namespace Headroom {

/// What the practice target was told to be.
struct TargetOptions
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: a free one.
    int workers = 8;
    int queue = 64;
    ServiceTimes serviceTimes;
    QString truthLog; ///< Empty: none.
    QByteArray adminToken; ///< Who knows it may change the target while it runs; empty: nobody.
    std::uint64_t seed = 1;
    double leaks = 0.0; ///< Share of the worked answers that echo the identity of somebody else.
    AnswerOptions answers;
    TroubleOptions troubles;
    bool exitsWithStdin = false;
    QString information; ///< Help or version: to be printed instead of serving.
};

/// Reads a command line, the program's name first. Errors: InvalidInput.
Result<TargetOptions> parseTargetOptions(const QStringList &arguments, const QString &version);

} // namespace Headroom
