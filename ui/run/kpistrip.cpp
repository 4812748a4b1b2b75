// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/kpistrip.h"

#include "ui/run/kpilayout.h"
#include "ui/run/kpitexts.h"
#include "ui/run/runtexts.h"

#include <algorithm>
#include <vector>

namespace Headroom {

struct KpiStrip::State
{
    struct Tile
    {
        KpiTile *widget;
        KpiText (*textOf)(const RunView &view, bool isRunning);
    };
    std::vector<Tile> tiles;
    RunViewPtr view;
    bool isRunning = false;

    void showView();
};

void KpiStrip::State::showView()
{
    const bool hasBegun = view && view->latest;
    for (const Tile &tile : tiles)
        tile.widget->setText(hasBegun ? tile.textOf(*view, isRunning) : KpiText{noValue()});
}

KpiStrip::KpiStrip(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>())
{
    setObjectName(QStringLiteral("kpiStrip"));
    setAccessibleName(tr("Numbers of the run"));
    // Not Fixed: that would hold it at the height of its size hint's two rows.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto *layout = new KpiLayout(this);
    for (const KpiTexts::Tile &tile : KpiTexts::tiles()) {
        auto *widget = new KpiTile(tile.kind, tile.id, tile.caption, tile.explanation, this);
        layout->addTile(widget, tile.kind == KpiTile::Kind::Words ? 2 : 1);
        m_state->tiles.push_back({widget, tile.textOf});
    }
    m_state->showView();
}

KpiStrip::~KpiStrip() = default;

void KpiStrip::setView(const RunViewPtr &view)
{
    m_state->view = view;
    m_state->showView();
}

void KpiStrip::setState(RunState state)
{
    m_state->isRunning = state != RunState::Finished;
    m_state->showView();
}

void KpiStrip::setTheme(const Theme &theme)
{
    for (const State::Tile &tile : m_state->tiles)
        tile.widget->setTheme(theme);
}

QString KpiStrip::valueOf(const QString &tile) const
{
    const auto found =
        std::ranges::find(m_state->tiles, tile, [](const State::Tile &t) { return t.widget->objectName(); });
    return found == m_state->tiles.end() ? QString() : found->widget->value();
}

} // namespace Headroom
