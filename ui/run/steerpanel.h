// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/run/steering.h"

#include <QWidget>

#include <memory>

namespace Headroom {

/// Mix and think time by hand: a slider and a box for the weight of each weighted flow and for the factor of think
/// times and paces. Nothing goes out before Apply, so that several of them change at once.
class SteerPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SteerPanel(QWidget *parent = nullptr);
    ~SteerPanel() override;

    void setRun(const RunFactsPtr &facts); ///< A new run; null: nothing to steer.
    void setSteerable(bool isSteerable);
    /// What holds; shown unless something here is changed and not applied yet.
    void setSteered(const SteeredLoad &load);

public Q_SLOTS:
    void apply();

Q_SIGNALS:
    void mixWanted(const std::vector<double> &weights);
    void thinkFactorWanted(double factor);
    void backToPlanWanted();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
