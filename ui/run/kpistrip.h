// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "core/run/runstate.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

namespace Headroom {

/// The numbers that are always visible: offered, achieved, in flight, backlog, p50, p95, p99 (trailing and whole run),
/// errors, rejected, target CPU and RSS, generator health, verdict. Every tile has a name, a tool tip that explains it
/// and an accessible text; what is bad says so with a word and a shape, not by colour alone. Wraps when narrow.
class KpiStrip : public QWidget
{
    Q_OBJECT
public:
    explicit KpiStrip(QWidget *parent = nullptr);
    ~KpiStrip() override;

    void setView(const RunViewPtr &view); ///< Null: a run that has not begun, dashes everywhere.
    /// Until Finished the verdict is said to be one of a running run. Finished at first, which fits a replay.
    void setState(RunState state);
    void setTheme(const Theme &theme);
    /// The big text of one tile as shown: offered, achieved, inflight, backlog, p50, p95, p99, errors, rejected, cpu,
    /// rss, generator, verdict; empty for any other.
    QString valueOf(const QString &tile) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
