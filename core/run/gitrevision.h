// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QProcess>
#include <QString>

#include <utility>
#include <vector>

namespace Headroom {

/// Which revision of a git repository a folder is at, asked of git while other things go on.
///
/// "1a2b3c4d5e6f", or "1a2b3c4d5e6f (changed)" when a file that git knows is not as it was committed. Untracked files
/// are none: sessions and reports lie around. Whatever git's own configuration of that folder would have it run, such
/// as a filter, is left out: a folder that somebody sent starts no program. Thread: the one that made it.
class GitRevision
{
public:
    /// Begins to ask. `folder`: empty or outside of any repository: there is none.
    explicit GitRevision(const QString &folder);
    ~GitRevision(); ///< Ends what is still asked.

    /// Waits for the answer, at most until two seconds after the beginning; empty when there is none by then.
    QString take();

private:
    void askForStatus();

    const QString m_folder;
    QElapsedTimer m_since;
    QProcess m_filters; // which of them the repository has itself
    QProcess m_status; // asked when these are known
};

/// "1a2b3c4d5e6f (changed)" of what `git status --porcelain=v2 --branch` says; empty before the first commit.
QString revisionIn(const QByteArray &status);

/// What switches off each filter that belongs to the repository itself, as names and values of its configuration.
/// `listed`: by `git config --show-scope --null --name-only`.
std::vector<std::pair<QByteArray, QByteArray>> withoutOwnFilters(const QByteArray &listed);

} // namespace Headroom
