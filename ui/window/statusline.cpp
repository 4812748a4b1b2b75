// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/statusline.h"

#include "core/base/humanformat.h"
#include "core/metrics/plannedload.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

namespace Headroom {

namespace {

constexpr int kParts = 1000;

Nanoseconds fromSeconds(double seconds) { return Nanoseconds(std::int64_t(seconds * 1e9)); }

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_bar(new QProgressBar(this))
{
    m_text->setObjectName(QStringLiteral("stateText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAccessibleName(tr("State"));
    m_bar->setObjectName(QStringLiteral("progress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setRange(0, kParts);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(fontMetrics().averageCharWidth() * 24);
    m_bar->setMaximumHeight(fontMetrics().height());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 4, 0);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    showIdle();
}

QString StatusLine::text() const { return m_text->text(); }

void StatusLine::show(const QString &text, std::optional<double> share)
{
    m_text->setText(text);
    m_bar->setVisible(share.has_value());
    m_bar->setValue(int(share.value_or(0.0) * kParts));
}

void StatusLine::showIdle() { show(tr("No run"), {}); }
void StatusLine::showPreparing() { show(tr("Checking the scenario…"), {}); }
void StatusLine::showReading(double share) { show(tr("Reading the session…"), share); }

void StatusLine::showState(RunState state)
{
    switch (state) {
    case RunState::Preparing:
        m_state = tr("Preparing…");
        break;
    case RunState::Waiting:
        m_state = tr("Waiting for the target…");
        break;
    case RunState::Running:
        m_state = tr("Running");
        break;
    case RunState::Draining:
        m_state = tr("Finishing what is in flight…");
        break;
    case RunState::Storing:
        m_state = tr("Storing the session…");
        break;
    case RunState::Finished:
        m_state = tr("Finished");
        break;
    }
    m_isRunning = state == RunState::Running;
    show(m_state, {});
}

void StatusLine::setSteered(const SteeredLoad &load) { m_steered = load; }

void StatusLine::showView(const RunViewPtr &view, bool isLive)
{
    const Nanoseconds end = m_steered.time.endOf(plannedEnd(*view->facts));
    const bool isWaiting = m_steered.isWaiting() && m_isRunning;
    const QString state = !isWaiting ? m_state : m_steered.isPaused ? tr("Paused, the plan waits") : tr("Held, the plan waits");
    const QString time = formatElapsed(fromSeconds(view->lengthSeconds));
    if (!isLive)
        show(tr("Session: %1").arg(time), {});
    else if (isWaiting)
        show(tr("%1: %2, at most until %3").arg(state, time, formatElapsed(end)), {});
    else if (end != PlanTime::kNever)
        show(tr("%1: %2 of %3").arg(state, time, formatElapsed(end)),
             std::min(1.0, view->lengthSeconds / std::max(1e-9, std::chrono::duration<double>(end).count())));
    else
        show(tr("%1: %2").arg(state, time), {});
}

} // namespace Headroom
