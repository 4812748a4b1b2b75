// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>
#include <QProcess>
#include <QTemporaryDir>

namespace Headroom {

/// A real Redis on a free loopback port, which keeps nothing.
class RedisServer
{
public:
    ~RedisServer();
    /// Starts it and waits until it answers. `password`: what clients have to say; empty: none.
    /// Errors: NotFound when it is not installed, Unreachable with its own words when it does not come up.
    Result<void> start(const QByteArray &password = {});
    /// Ends it. False when it had to be killed.
    bool stop();

    quint16 port() const { return m_port; }
    /// One command, and the first line of the answer, as ":3" or "+OK". Waits for it.
    QByteArray command(const QByteArrayList &words) const;

private:
    Result<void> startOn(quint16 port);
    bool waitUntilItAnswers();

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_password;
    quint16 m_port = 0;
};

} // namespace Headroom
