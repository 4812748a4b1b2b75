// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/run/kpitile.h"

#include <QCoreApplication>

#include <vector>

namespace Headroom {

/// The tiles of a run in words: what they are called, what they mean, and what they say of a view.
class KpiTexts
{
    Q_DECLARE_TR_FUNCTIONS(KpiTexts)
public:
    struct Tile
    {
        QString id;
        QString caption;
        QString explanation; ///< One or two sentences.
        KpiTile::Kind kind = KpiTile::Kind::Number;
        KpiText (*textOf)(const RunView &view, bool isRunning); ///< From the first second on.
    };
    static std::vector<Tile> tiles();

private:
    static KpiText offered(const RunView &view, bool);
    static KpiText achieved(const RunView &view, bool);
    static KpiText inFlight(const RunView &view, bool);
    static KpiText backlog(const RunView &view, bool);
    static KpiText p50(const RunView &view, bool);
    static KpiText p95(const RunView &view, bool);
    static KpiText p99(const RunView &view, bool);
    static KpiText errors(const RunView &view, bool);
    static KpiText rejected(const RunView &view, bool);
    static KpiText targetCpu(const RunView &view, bool);
    static KpiText targetRss(const RunView &view, bool);
    static KpiText generator(const RunView &view, bool);
    static KpiText verdict(const RunView &view, bool isRunning);
};

} // namespace Headroom
