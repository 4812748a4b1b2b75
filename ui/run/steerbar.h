// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/runfacts.h"
#include "core/run/steering.h"

#include <QAction>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace Headroom {

/// Where in the plan the run is, in words, and buttons for whoever wants it elsewhere: pause, hold, next stage, longer.
/// The buttons are actions of the window.
class SteerBar : public QWidget
{
    Q_OBJECT
public:
    explicit SteerBar(QWidget *parent = nullptr);

    /// `lengthen`: for the button; `lengthenMore`: in its menu. Once.
    void setOrders(const QList<QAction *> &orders, QAction *lengthen, const QList<QAction *> &lengthenMore);
    void setPlace(const RunFactsPtr &facts, const SteeredLoad &load, double seconds);
    void clear();
    QString placeText() const;

private:
    QHBoxLayout *m_row;
    QLabel *m_place;
};

/// "steady: 0:12 to go", "steady: held", "steady". What is after the plan's end: empty.
QString placeInPlan(const RunFacts &facts, const SteeredLoad &load, Nanoseconds run);

} // namespace Headroom
