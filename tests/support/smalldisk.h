// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace Headroom {

/// A disk as small as a test wants it: a file system in memory that only this process and its children see.
class SmallDisk
{
public:
    /// Gives this process mounts of its own. First thing in main(), while there is one thread. Empty, or why the system
    /// does not allow it: neither root's rights nor a user namespace.
    static QString makePossible();

    /// `files`: how many names fit on it.
    explicit SmallDisk(qint64 bytes, int files = 1000);
    ~SmallDisk();
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isMounted() const { return m_isMounted; }
    QString path() const { return m_folder.path(); }
    QString filePath(const QString &name) const { return m_folder.filePath(name); }
    qint64 freeBytes() const;
    /// Fills it until at most `left` bytes are free; less than a page counts as none.
    bool fill(qint64 left = 0);
    /// Takes away what fill() wrote.
    void clear();
    bool makeReadOnly();

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

} // namespace Headroom
