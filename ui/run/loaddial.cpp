// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/loaddial.h"

#include "core/base/humanformat.h"
#include "ui/run/loadspinbox.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace Headroom {

namespace {

constexpr std::chrono::milliseconds kRest(150); // a turn of the wheel is over after it

/// Whether there is anything that one number steers: flows with a rate of their own keep it.
bool hasHandle(const RunFacts &facts)
{
    if (facts.limitSearch)
        return false; // the search has the hand on the load
    return !facts.isOpenModel || facts.flows.empty()
        || std::ranges::any_of(facts.flows, [](const RunFacts::Flow &flow) { return !flow.ownRatePerSecond; });
}

} // namespace

struct LoadDial::State
{
    State(LoadDial *owner);

    LoadDial *dial;
    QLabel *caption;
    LoadSpinBox *box;
    QSlider *slider;
    QLabel *planned;
    QPushButton *backToPlan;
    QLabel *standing;
    QTimer rest;

    RunFactsPtr facts;
    LoadScale scale;
    bool isSteerable = false;
    double plannedValue = 0.0;
    SteeredLoad load;
    bool isAwaited = false; ///< Was sent; setSteered() has not told of it yet.

    void setupBox();
    void setupSlider();
    void setupLayout();
    void connectAll();

    void show(double value); ///< Without taking it as a wish.
    void showLoad();
    void showWords();
    void updateEnabled();
    void takeSliderPlace(int place);
    void want(); ///< What is in the box now, in a moment.
    void send();
    void sendAtOnce();
    void goBackToPlan();
    bool isInHand() const { return box->isTyping() || rest.isActive() || isAwaited || slider->isSliderDown(); }
    QString text(double value) const;
};

LoadDial::State::State(LoadDial *owner)
    : dial(owner)
    , caption(new QLabel(owner))
    , box(new LoadSpinBox(owner))
    , slider(new QSlider(Qt::Horizontal, owner))
    , planned(new QLabel(owner))
    , backToPlan(new QPushButton(LoadDial::tr("&Back to plan"), owner))
    , standing(new QLabel(owner))
{
    setupBox();
    setupSlider();
    setupLayout();
    connectAll();
}

void LoadDial::State::setupBox()
{
    box->setObjectName(QStringLiteral("loadBox"));
    box->setToolTip(LoadDial::tr("The load, set by hand: wheel, arrow keys, + and - change it by about a tenth; "
                                 "a typed value counts with Return or when the box is left."));
    caption->setTextFormat(Qt::PlainText);
    caption->setBuddy(box);
    rest.setSingleShot(true);
    rest.setInterval(kRest);
}

void LoadDial::State::setupSlider()
{
    slider->setObjectName(QStringLiteral("loadSlider"));
    slider->setAccessibleName(LoadDial::tr("Load, coarse"));
    slider->setRange(0, LoadScale::kSliderEnd);
    slider->setSingleStep(10);
    slider->setPageStep(100);
    slider->setMinimumWidth(slider->fontMetrics().averageCharWidth() * 16);
    backToPlan->setObjectName(QStringLiteral("backToPlan"));
    backToPlan->setAutoDefault(false);
    backToPlan->setToolTip(LoadDial::tr("The load follows the scenario's plan again."));
}

void LoadDial::State::setupLayout()
{
    planned->setObjectName(QStringLiteral("plannedLoad"));
    standing->setObjectName(QStringLiteral("loadStanding"));
    auto *row = new QHBoxLayout(dial);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(caption);
    row->addWidget(box);
    row->addWidget(slider, 1);
    for (QLabel *label : {planned, standing}) {
        label->setTextFormat(Qt::PlainText);
        // Room for a long text, so that nothing jumps while the numbers change.
        label->setMinimumWidth(label->fontMetrics().horizontalAdvance(LoadDial::tr("planned 12345.6/s")));
        row->addWidget(label);
    }
    row->addWidget(backToPlan);
    standing->setMinimumWidth(
        standing->fontMetrics().horizontalAdvance(LoadDial::tr("paused: nothing new is planned")));
}

void LoadDial::State::connectAll()
{
    QObject::connect(box, &QDoubleSpinBox::valueChanged, dial, [this] { want(); });
    QObject::connect(box, &LoadSpinBox::returnPressed, dial, [this] { sendAtOnce(); });
    QObject::connect(slider, &QSlider::valueChanged, dial, [this](int place) { takeSliderPlace(place); });
    QObject::connect(&rest, &QTimer::timeout, dial, [this] { send(); });
    QObject::connect(backToPlan, &QPushButton::clicked, dial, [this] { goBackToPlan(); });
}

QString LoadDial::State::text(double value) const
{
    if (scale.isOpenModel())
        return formatRate(Rate::perSecond(value));
    return value == 1.0 ? LoadDial::tr("1 user") : LoadDial::tr("%1 users").arg(formatNumber(std::round(value)));
}

void LoadDial::State::show(double value)
{
    const QSignalBlocker boxBlocker(box);
    const QSignalBlocker sliderBlocker(slider);
    box->setValue(value);
    slider->setValue(scale.sliderPlaceOf(box->value()));
}

void LoadDial::State::showLoad()
{
    if (!isInHand())
        show(load.value.value_or(plannedValue));
    showWords();
}

void LoadDial::State::showWords()
{
    planned->setText(facts ? LoadDial::tr("planned %1").arg(text(plannedValue)) : QString());
    if (!facts)
        standing->clear();
    else if (load.isPaused)
        standing->setText(LoadDial::tr("paused: nothing new is planned"));
    else if (load.isHeld)
        standing->setText(LoadDial::tr("held by hand: the plan waits"));
    else if (load.value)
        standing->setText(LoadDial::tr("set by hand"));
    else
        standing->setText(load.isByHand() ? LoadDial::tr("planned, with mix or think time by hand")
                                          : LoadDial::tr("as planned"));
    box->setAccessibleDescription(planned->text() + QLatin1String(", ") + standing->text());
}

void LoadDial::State::updateEnabled()
{
    const bool isEnabled = facts && isSteerable && hasHandle(*facts);
    for (QWidget *widget : {static_cast<QWidget *>(box), static_cast<QWidget *>(slider)})
        widget->setEnabled(isEnabled);
    backToPlan->setEnabled(facts && isSteerable && load.isByHand());
    dial->setEnabled(facts != nullptr);
}

void LoadDial::State::takeSliderPlace(int place)
{
    {
        const QSignalBlocker blocker(box);
        box->forgetTyping();
        box->setValue(scale.valueAtSliderPlace(place));
    }
    rest.start();
}

void LoadDial::State::want()
{
    const QSignalBlocker blocker(slider);
    slider->setValue(scale.sliderPlaceOf(box->value()));
    rest.start();
}

void LoadDial::State::send()
{
    rest.stop();
    if (!facts || !isSteerable)
        return;
    isAwaited = true;
    if (scale.isOpenModel())
        Q_EMIT dial->rateWanted(Rate::perSecond(box->value()));
    else
        Q_EMIT dial->usersWanted(int(std::lround(box->value())));
}

void LoadDial::State::sendAtOnce()
{
    if (rest.isActive() || load.value != box->value())
        send();
}

void LoadDial::State::goBackToPlan()
{
    rest.stop();
    isAwaited = false;
    box->forgetTyping();
    Q_EMIT dial->backToPlanWanted();
}

LoadDial::LoadDial(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>(this))
{
    setObjectName(QStringLiteral("loadDial"));
    setFocusProxy(m_state->box);
    setRun({});
}

LoadDial::~LoadDial() = default;

void LoadDial::setRun(const RunFactsPtr &facts)
{
    m_state->rest.stop();
    m_state->isAwaited = false;
    m_state->facts = facts;
    m_state->scale = facts ? LoadScale(*facts) : LoadScale();
    m_state->load = {};
    m_state->plannedValue = facts && !facts->stages.empty() ? facts->stages.front().from : 0.0;
    {
        const QSignalBlocker blocker(m_state->box);
        m_state->box->setScale(m_state->scale);
        m_state->box->forgetTyping();
    }
    const bool isOpen = m_state->scale.isOpenModel();
    m_state->caption->setText(isOpen ? tr("R&ate") : tr("&Users"));
    m_state->box->setAccessibleName(isOpen ? tr("Rate") : tr("Users"));
    m_state->updateEnabled();
    m_state->showLoad();
}

void LoadDial::setSteerable(bool isSteerable)
{
    m_state->isSteerable = isSteerable;
    if (!isSteerable) { // whatever was wished came too late
        const QSignalBlocker blocker(m_state->box);
        m_state->rest.stop();
        m_state->isAwaited = false;
        m_state->box->forgetTyping();
    }
    m_state->updateEnabled();
    m_state->showLoad();
}

void LoadDial::setPlanned(double value)
{
    if (!std::isfinite(value))
        return;
    m_state->plannedValue = std::max(0.0, value);
    m_state->showLoad();
}

void LoadDial::setSteered(const SteeredLoad &load)
{
    m_state->isAwaited = false;
    m_state->load = load;
    m_state->updateEnabled();
    m_state->showLoad();
}

double LoadDial::value() const { return m_state->box->value(); }

void LoadDial::increase()
{
    if (m_state->box->isEnabled())
        m_state->box->stepBy(1);
}

void LoadDial::decrease()
{
    if (m_state->box->isEnabled())
        m_state->box->stepBy(-1);
}

} // namespace Headroom
