// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

namespace Headroom {

/// Says on a terminal how far something long has come: one line of standard error that is written over. Nothing where
/// standard error is no terminal, and for what is over within half a second.
class SharePrinter
{
public:
    explicit SharePrinter(const QString &what);
    ~SharePrinter(); ///< Leaves an empty line to write on.
    void operator()(double share); ///< 0 to 1.

private:
    const QString m_what;
    const bool m_isTerminal;
    QElapsedTimer m_since;
    qint64 m_nextMs;
    bool m_isShown = false;
};

} // namespace Headroom
