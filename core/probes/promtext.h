// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>
#include <span>

namespace Headroom {

/// One line of a text that a program shows to Prometheus. Its views last as long as the text.
struct PromSample
{
    struct Label
    {
        QByteArrayView name;
        QByteArrayView written; ///< The value with its escapes: two labels are equal when these are.

        QByteArray value() const; ///< Without them.
    };
    QByteArrayView name;
    std::span<const Label> labels; ///< In their order.
    QByteArrayView labelText; ///< All that stands between the braces.
    double value = 0.0; ///< May be infinite or no number.

    const Label *label(QByteArrayView wanted) const; ///< nullptr when there is none.
};

/// Who wants to know what stands in such a text.
struct PromVisitor
{
    std::function<void(const PromSample &)> sample;
    std::function<void(QByteArrayView name, QByteArrayView type)> type; ///< Of "# TYPE name type".
};

/// Reads a text to its end, or to "# EOF", and keeps nothing of it. Time stamps and exemplars are passed over.
/// Errors: InvalidInput at the first line that is neither a comment nor a sample, with its number.
/// Source: the Prometheus text format 0.0.4 and OpenMetrics 1.0; names in quotes as in the text format 1.0.
Result<void> readPromText(QByteArrayView text, const PromVisitor &visitor);

} // namespace Headroom
