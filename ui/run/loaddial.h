// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/run/steering.h"

#include <QWidget>

#include <memory>

namespace Headroom {

/// The hand on the load: a spin box for the rate or the users with wheel, arrow keys, + and -, a slider beside it, and
/// what the plan wants. Steps are about a tenth of the value (1, 2, 5, 10, 20, 50 ...). Changes go out a moment after
/// the last turn, so that a turn of the wheel is one change.
class LoadDial : public QWidget
{
    Q_OBJECT
public:
    explicit LoadDial(QWidget *parent = nullptr);
    ~LoadDial() override;

    /// A new run: its model and range; null: nothing to steer, disabled.
    void setRun(const RunFactsPtr &facts);
    void setSteerable(bool isSteerable);
    /// What the plan wants now; shown beside, and in the box until the load is steered.
    void setPlanned(double value);
    void setSteered(const SteeredLoad &load);
    double value() const; ///< In the box.

public Q_SLOTS:
    void increase(); ///< One step, as the + key.
    void decrease();

Q_SIGNALS:
    void rateWanted(Headroom::Rate rate);
    void usersWanted(int users);
    void backToPlanWanted();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace Headroom
