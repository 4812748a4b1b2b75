// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringView>

#include <vector>

namespace Headroom {

/// The named parts that the time of work is told to have, in the header Server-Timing.
class TimingParts
{
public:
    TimingParts(); ///< model 60 %, db 25 %, render 10 %: what is left is no part.
    /// "db=60%,render=30%": at most 20 parts, together at most the whole; empty: none. Errors: InvalidInput.
    static Result<TimingParts> parse(QStringView list);

    /// ", model;dur=12.00, db;dur=5.00" of so many milliseconds.
    QByteArray of(double milliseconds) const;

private:
    struct Part
    {
        QByteArray name;
        double share = 0.0;
    };
    std::vector<Part> m_parts;
};

} // namespace Headroom
