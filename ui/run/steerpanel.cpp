// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steerpanel.h"

#include "ui/run/runtexts.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr int kSliderEnd = 1000;
constexpr int kMostRowsSeen = 6; // more are scrolled
constexpr double kMostWeight = 100.0; // of the slider and box; the scenario's weights come as shares of 100

/// A number with a name, a slider and a box that follow each other.
struct Handle
{
    QLabel *label;
    QSlider *slider;
    QDoubleSpinBox *box;
    double written = 0.0;

    double value() const { return box->value(); }
    void show(double value) const
    {
        const QSignalBlocker boxBlocker(box);
        const QSignalBlocker sliderBlocker(slider);
        box->setValue(value);
        slider->setValue(int(std::lround(box->value() / box->maximum() * kSliderEnd)));
    }
};

Handle makeHandle(const QString &text, const QString &name, double maximum, QWidget *parent)
{
    const Handle handle{new QLabel(text, parent), new QSlider(Qt::Horizontal, parent), new QDoubleSpinBox(parent)};
    handle.label->setTextFormat(Qt::PlainText);
    handle.label->setBuddy(handle.box);
    handle.slider->setRange(0, kSliderEnd);
    handle.slider->setPageStep(kSliderEnd / 10);
    handle.slider->setSingleStep(kSliderEnd / 100);
    handle.slider->setObjectName(name + QLatin1String("Slider"));
    handle.slider->setAccessibleName(SteerPanel::tr("%1, coarse").arg(text));
    handle.box->setObjectName(name + QLatin1String("Box"));
    handle.box->setAccessibleName(text);
    handle.box->setRange(0.0, maximum);
    return handle;
}

} // namespace

struct SteerPanel::State
{
    explicit State(SteerPanel *owner);

    SteerPanel *panel;
    QScrollArea *scroll;
    QWidget *rows = nullptr; ///< Of the run.
    QPushButton *applyButton;
    QPushButton *backButton;
    QLabel *hint;
    std::vector<Handle> flows; ///< Weighted ones, when there are two at least.
    std::vector<Handle> think; ///< One, of a run.
    SteeredLoad load;
    bool isSteerable = false;
    bool isTouched = false; ///< Changed here and not applied.

    void setupButtons();
    void addRow(QGridLayout *grid, std::vector<Handle> &into, const Handle &handle);
    void makeRows(const RunFacts &facts);
    void touch();
    void showLoad();
    void updateEnabled();
    std::vector<double> weights() const;
};

SteerPanel::State::State(SteerPanel *owner)
    : panel(owner)
    , scroll(new QScrollArea(owner))
    , applyButton(new QPushButton(SteerPanel::tr("&Apply"), owner))
    , backButton(new QPushButton(SteerPanel::tr("Bac&k to Plan"), owner))
    , hint(new QLabel(SteerPanel::tr("Weights are to each other: 30 and 10 is as 75 and 25."), owner))
{
    scroll->setObjectName(QStringLiteral("steerRows"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    setupButtons();
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(hint, 1);
    buttons->addWidget(applyButton);
    buttons->addWidget(backButton);
    column->addLayout(buttons);
}

void SteerPanel::State::setupButtons()
{
    applyButton->setObjectName(QStringLiteral("applySteering"));
    applyButton->setAutoDefault(false);
    applyButton->setToolTip(SteerPanel::tr("What is set here holds from now on, until it is changed or taken back."));
    backButton->setObjectName(QStringLiteral("steerBackToPlan"));
    backButton->setAutoDefault(false);
    backButton->setToolTip(SteerPanel::tr("Everything that was set by hand follows the scenario's plan again."));
    QObject::connect(applyButton, &QPushButton::clicked, panel, &SteerPanel::apply);
    QObject::connect(backButton, &QPushButton::clicked, panel, [this] {
        isTouched = false;
        showLoad();
        Q_EMIT panel->backToPlanWanted();
    });
}

void SteerPanel::State::addRow(QGridLayout *grid, std::vector<Handle> &into, const Handle &handle)
{
    const int row = grid->rowCount();
    grid->addWidget(handle.label, row, 0);
    grid->addWidget(handle.slider, row, 1);
    grid->addWidget(handle.box, row, 2);
    QObject::connect(handle.box, &QDoubleSpinBox::valueChanged, panel, [this, handle](double value) {
        handle.show(value);
        touch();
    });
    QObject::connect(handle.slider, &QSlider::valueChanged, panel, [this, handle](int place) {
        const QSignalBlocker blocker(handle.box);
        handle.box->setValue(handle.box->maximum() * place / kSliderEnd);
        touch();
    });
    into.push_back(handle);
}

void SteerPanel::State::makeRows(const RunFacts &facts)
{
    auto *grid = new QGridLayout(rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(1, 1);
    const auto isWeighted = [](const RunFacts::Flow &flow) { return !flow.ownRatePerSecond; };
    const bool hasMix = std::ranges::count_if(facts.flows, isWeighted) > 1;
    for (std::size_t i = 0; hasMix && i < facts.flows.size(); ++i) {
        if (!isWeighted(facts.flows[i]))
            continue;
        Handle handle = makeHandle(SteerPanel::tr("Weight of %1").arg(foreignText(facts.flows[i].name)),
                                   QStringLiteral("weight%1").arg(i), kMostWeight, rows);
        handle.written = facts.flows[i].intendedShare * kMostWeight;
        addRow(grid, flows, handle);
    }
    Handle factor = makeHandle(SteerPanel::tr("Think times and paces"), QStringLiteral("think"), kMaxThinkFactor, rows);
    factor.box->setSingleStep(0.1);
    factor.box->setSuffix(SteerPanel::tr(" times"));
    factor.written = 1.0;
    addRow(grid, think, factor);
    scroll->setWidget(rows);
    const int seen = std::min(int(flows.size()) + 1, kMostRowsSeen);
    scroll->setFixedHeight(rows->sizeHint().height() * seen / (int(flows.size()) + 1) + 2);
    hint->setVisible(hasMix);
}

void SteerPanel::State::touch()
{
    isTouched = true;
    updateEnabled();
}

std::vector<double> SteerPanel::State::weights() const
{
    std::vector<double> weights;
    for (const Handle &flow : flows)
        weights.push_back(flow.value());
    return weights;
}

void SteerPanel::State::showLoad()
{
    for (std::size_t i = 0; i < flows.size() && !isTouched; ++i)
        flows[i].show(i < load.mix.size() ? load.mix[i] : flows[i].written);
    for (const Handle &factor : think) {
        if (!isTouched)
            factor.show(load.thinkFactor);
    }
    updateEnabled();
}

void SteerPanel::State::updateEnabled()
{
    const std::vector<double> mix = weights();
    const bool isMix = mix.empty() || std::ranges::any_of(mix, [](double weight) { return weight > 0.0; });
    scroll->setEnabled(isSteerable);
    applyButton->setEnabled(isSteerable && isTouched && isMix);
    backButton->setEnabled(isSteerable && (isTouched || load.isByHand()));
}

SteerPanel::SteerPanel(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>(this))
{
    setObjectName(QStringLiteral("steerPanel"));
    setAccessibleName(tr("Mix and think time"));
    setRun({});
}

SteerPanel::~SteerPanel() = default;

void SteerPanel::setRun(const RunFactsPtr &facts)
{
    delete m_state->scroll->takeWidget();
    m_state->flows.clear();
    m_state->think.clear();
    m_state->load = {};
    m_state->isTouched = false;
    m_state->rows = new QWidget;
    m_state->makeRows(facts ? *facts : RunFacts());
    m_state->showLoad();
}

void SteerPanel::setSteerable(bool isSteerable)
{
    m_state->isSteerable = isSteerable;
    m_state->isTouched = m_state->isTouched && isSteerable;
    m_state->showLoad();
}

void SteerPanel::setSteered(const SteeredLoad &load)
{
    m_state->load = load;
    m_state->showLoad();
}

void SteerPanel::apply()
{
    if (!m_state->applyButton->isEnabled())
        return;
    m_state->isTouched = false;
    const std::vector<double> weights = m_state->weights();
    const double factor = m_state->think.front().value();
    const bool isOtherMix = !std::ranges::equal(m_state->flows, m_state->load.mix, {}, &Handle::value)
        && (!m_state->load.mix.empty()
            || !std::ranges::equal(m_state->flows, m_state->flows, [](const Handle &a, const Handle &b) {
                   return std::abs(a.value() - b.written) < 0.005; // what the box rounds away
               }));
    if (isOtherMix)
        Q_EMIT mixWanted(weights);
    if (factor != m_state->load.thinkFactor)
        Q_EMIT thinkFactorWanted(factor);
    m_state->updateEnabled();
}

} // namespace Headroom
