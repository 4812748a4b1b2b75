// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace Headroom {

/// The real practice target on a free loopback port, with its truth log.
class TargetProcess
{
public:
    ~TargetProcess(); ///< Kills what still runs.
    /// False when it did not start.
    bool start(const QStringList &options = {});
    QUrl url() const { return m_url; }
    /// Ends it and gives the rows of its truth log that carry a user agent.
    QStringList stopAndReadLog(const QString &userAgent);
    QProcess &process() { return m_process; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QUrl m_url;
};

} // namespace Headroom
