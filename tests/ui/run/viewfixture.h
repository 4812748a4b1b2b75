// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"

#include <QAbstractItemModel>

namespace Headroom {

/// Facts for a view: three steps, a probe with rss and cpu, one stage of 60 s at 60/s (open) or 20 users (closed).
RunFactsPtr viewFacts(bool isOpenModel = true);

/// A run after 60 s, 50 of them measured: three steps, two rules that are met, no failures, a generator that kept up.
RunView exampleView(const RunFactsPtr &facts);

RuleResult ruleThatIs(RuleResult::Standing standing, const QString &text);

inline RunViewPtr shared(RunView view) { return std::make_shared<const RunView>(std::move(view)); }

/// What a cell of a table shows.
inline QString textAt(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

/// Markup, control characters and a turn of direction: what a hostile server or file may put into any text.
QString hostileText();

} // namespace Headroom
