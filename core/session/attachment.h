// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QString>

namespace Headroom {

/// A file that lies in a session: a log, a profile, a note.
struct Attachment
{
    static constexpr qint64 kMaxBytes = 64 * 1024 * 1024;
    static constexpr int kMostInSession = 1000;

    QString name{}; ///< File name without folder.
    QString mediaType{}; ///< "text/plain"; empty: not known.
    Nanoseconds at{}; ///< When it was attached, since the start of the run.
    QByteArray bytes{};
    bool operator==(const Attachment &) const = default;
};

} // namespace Headroom
