// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ownedthread.h"
#include "core/metrics/metricssource.h"
#include "core/report/runview.h"

#include <vector>

namespace Headroom {

/// Turns the frames of a source into what a screen shows, on a thread of its own: adding up, judging and thinning never
/// cost the window a turn. However many frames come at once, views come at most about five times a second.
///
/// Thread: main. The source must outlive it; what it delivered before is not seen.
class RunViewer : public ThreadDoor
{
    Q_OBJECT
public:
    explicit RunViewer(MetricsSource &source);
    ~RunViewer() override;

Q_SIGNALS:
    /// The newest state, and the rows of the seconds that became known since the signal before.
    void viewReady(const Headroom::RunViewPtr &view, const std::vector<Headroom::ReportModel::SeriesRow> &rows);
    /// All rows delivered so far are void; new ones follow.
    void restarted();

private:
    class Digester;
    OwnedThread m_thread;
    Digester *m_digester; // owned by its thread
};

} // namespace Headroom
