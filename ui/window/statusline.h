// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "core/run/runstate.h"
#include "core/run/steering.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace Headroom {

/// What is going on, in the status bar: the run's state in words, its time, and how far it is.
/// Thread: main.
class StatusLine : public QWidget
{
    Q_OBJECT
public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showIdle();
    void showPreparing();
    void showState(RunState state);
    void setSteered(const SteeredLoad &load); ///< Where the plan is, and its end.
    void showView(const RunViewPtr &view, bool isLive);
    void showReading(double share);
    QString text() const;

private:
    void show(const QString &text, std::optional<double> share);
    QLabel *m_text;
    QProgressBar *m_bar;
    QString m_state;
    SteeredLoad m_steered;
    bool m_isRunning = false;
};

} // namespace Headroom
