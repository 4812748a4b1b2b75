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
    void setTheme(const Theme &theme);
    /// Text of one tile as shown, for tests and tool tips: "p95", "errors", "verdict" ...
    QString valueOf(const QString &tile) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
