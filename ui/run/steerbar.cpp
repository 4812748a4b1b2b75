// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steerbar.h"

#include "core/base/humanformat.h"
#include "core/metrics/plannedload.h"
#include "ui/run/runtexts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <cmath>

namespace Headroom {

namespace {

QToolButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QLatin1String("Button"));
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto name = [button, action] { button->setAccessibleName(action->iconText()); };
    name();
    QObject::connect(action, &QAction::changed, button, name); // Pause becomes Resume
    return button;
}

} // namespace

SteerBar::SteerBar(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_place(new QLabel(this))
{
    setObjectName(QStringLiteral("steerBar"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_place->setObjectName(QStringLiteral("placeInPlan"));
    m_place->setTextFormat(Qt::PlainText);
    m_place->setAccessibleName(tr("Place in the plan"));
    m_row->addWidget(m_place, 1);
}

void SteerBar::setOrders(const QList<QAction *> &orders, QAction *lengthen, const QList<QAction *> &lengthenMore)
{
    for (QAction *action : orders)
        m_row->addWidget(buttonFor(action, this));
    QToolButton *longer = buttonFor(lengthen, this);
    auto *menu = new QMenu(longer);
    menu->addActions(lengthenMore);
    longer->setMenu(menu);
    longer->setPopupMode(QToolButton::MenuButtonPopup);
    m_row->insertWidget(m_row->count() - 1, longer);
}

void SteerBar::setPlace(const RunFactsPtr &facts, const SteeredLoad &load, double seconds)
{
    const auto run = Nanoseconds(std::llround(seconds * 1e9));
    m_place->setText(facts ? placeInPlan(*facts, load, run) : QString());
}

void SteerBar::clear() { m_place->clear(); }

QString SteerBar::placeText() const { return m_place->text(); }

QString placeInPlan(const RunFacts &facts, const SteeredLoad &load, Nanoseconds run)
{
    const StageIndex index = facts.stageAt(load.time.at(run));
    if (!index.isValid() || run >= load.time.endOf(plannedEnd(facts)))
        return {};
    const RunFacts::Stage &stage = facts.stages[index.at()];
    const QString name = SteerBar::tr("Stage %1").arg(foreignText(stage.name));
    if (load.isPaused)
        return SteerBar::tr("%1: paused, the plan waits").arg(name);
    if (load.isHeld)
        return SteerBar::tr("%1: held, the plan waits").arg(name);
    const Nanoseconds end =
        stage.length > 0ns ? load.time.whenPlanReaches(stage.start + stage.length) : PlanTime::kNever;
    return end == PlanTime::kNever ? name : SteerBar::tr("%1: %2 to go").arg(name, formatElapsed(end - run));
}

} // namespace Headroom
