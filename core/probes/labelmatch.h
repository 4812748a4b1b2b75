// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QRegularExpression>

namespace Headroom {

/// What a label has to be: equal to a text, or matched by it as a regular expression from its first character to its
/// last.
class LabelMatch
{
public:
    /// Errors: as boundedPattern().
    static Result<LabelMatch> make(const QString &wanted);
    bool matches(const QByteArray &value) const;

private:
    QByteArray m_text;
    QRegularExpression m_pattern;
};

} // namespace Headroom
