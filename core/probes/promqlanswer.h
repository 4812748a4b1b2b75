// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace Headroom {

/// What a Prometheus server answers to an instant query.
struct PromQlAnswer
{
    struct Element
    {
        std::vector<std::pair<QByteArray, QByteArray>> labels; ///< Names and values; a scalar has none.
        double value = 0.0; ///< May be infinite or no number.

        QByteArray label(const QByteArray &name) const; ///< Empty when there is none, as in PromQL.
    };
    std::vector<Element> elements;
};

/// Reads the answer of /api/v1/query: a scalar or a vector.
/// Errors: InvalidInput with what is wrong, or with what the server has said is wrong with the query.
/// Source: the HTTP API of Prometheus 2 and 3.
Result<PromQlAnswer> parsePromQlAnswer(const QByteArray &json);

} // namespace Headroom
