// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Headroom {

/// The end of what a process has said, however much that was.
class LastWords
{
public:
    static constexpr qsizetype kMaxBytes = 8 * 1024;
    static constexpr qsizetype kMaxShown = 400; ///< Characters.

    void hear(const QByteArray &output);
    const QByteArray &heard() const { return m_heard; } ///< At most kMaxBytes.
    /// The last few lines as one, without control characters; empty when nothing was said.
    QString text() const;

private:
    QByteArray m_heard;
};

} // namespace Headroom
