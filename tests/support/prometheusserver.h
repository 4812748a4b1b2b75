// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace Headroom {

/// A real Prometheus on a free loopback port, with an empty store in a folder of its own.
class PrometheusServer
{
public:
    ~PrometheusServer();
    /// Starts it and waits until it says that it is ready. `watched`: a program that it asks for metrics every second,
    /// as "127.0.0.1:8080"; empty: none.
    /// Errors: NotFound when it is not installed, Unreachable with its own words when it does not come up.
    Result<void> start(const QString &watched = {});
    /// Ends it. False when it had to be killed.
    bool stop();

    QUrl url(const QString &path = QStringLiteral("/")) const;

private:
    Result<void> startOn(quint16 port, const QString &watched);
    bool waitUntilItIsReady();

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace Headroom
