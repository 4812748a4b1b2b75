// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/charts/ghostlines.h"
#include "ui/settings/settings.h"

#include <QFutureWatcher>
#include <QObject>

#include <memory>

class QWidget;

namespace Headroom {

class ChartBoard;

/// The lines of another session behind those of the charts: chosen, read in the background, laid and taken away.
/// Thread: main.
class GhostDesk : public QObject
{
    Q_OBJECT
public:
    /// The dialog belongs to `window`; settings, charts and window must outlive it.
    GhostDesk(Settings &settings, ChartBoard &charts, QWidget *window);
    ~GhostDesk() override;

    void choose(); ///< Asks for the session.
    /// Reads a session; laid() or failed() follows unless another one is wanted meanwhile. Those before stay until
    /// then.
    void lay(const QString &session);
    void remove(); ///< Those that are shown and those that are being read.
    bool isThere() const; ///< Shown, or being read.

Q_SIGNALS:
    void changed(); ///< isThere().
    void progressed(double share);
    void laid(const QString &sentence);
    void failed(const Headroom::Error &error);

private:
    using Watcher = QFutureWatcher<Result<GhostLinesPtr>>;
    void dropReading();
    void take(const Result<GhostLinesPtr> &read);
    bool hasLines() const;

    Settings &m_settings;
    ChartBoard &m_charts;
    QWidget *m_window;
    std::unique_ptr<Watcher> m_reading;
    int m_readings = 0;
};

} // namespace Headroom
