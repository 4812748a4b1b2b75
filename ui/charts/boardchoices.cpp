// SPDX-License-Identifier: GPL-3.0-or-later
// What a hand adds to the charts of a board, and takes away again.
#include "ui/charts/banddialog.h"
#include "ui/charts/boardstate.h"
#include "ui/charts/seriesdialog.h"

#include <QMenu>

#include <algorithm>
#include <utility>

namespace Headroom {

namespace {

/// A name as the text of an action.
QString plain(QString name) { return name.left(80).replace(QLatin1Char('&'), QLatin1String("&&")); }

} // namespace

std::vector<ChartSpec> ChartBoard::State::shownCharts() const
{
    std::vector<ChartSpec> shown;
    for (const ChartPanel *panel : panels)
        shown.push_back(panel->chart());
    return shown;
}

void ChartBoard::State::setBounds(const std::vector<ChartSpec> &charts)
{
    for (const ChartSpec &chart : charts) {
        const auto known = std::ranges::find(m_charts, chart.id, &ChartSpec::id);
        if (known == m_charts.end())
            continue;
        known->bounds = chart.bounds;
        known->bands = chart.bands;
    }
    for (const ChartSpec &chart : withChoices(m_charts, m_others, choices))
        panel(chart.id)->setBounds(chart);
    viewChanged();
}

/// Panels that stay the same stay: the others are made anew, in their place.
void ChartBoard::State::setChoices(const ChartChoices &changed)
{
    choices = withMovedCounts(changed, m_charts);
    const std::vector<ChartSpec> charts = withChoices(m_charts, m_others, choices);
    for (std::size_t i = 0; i < charts.size(); ++i) {
        if (charts[i] == panels[i]->chart())
            continue;
        if (charts[i].lines == panels[i]->chart().lines)
            panels[i]->setBounds(charts[i]);
        else
            replacePanel(i, charts[i]);
    }
    updateRightRoom();
    viewChanged();
}

void ChartBoard::State::replacePanel(std::size_t index, const ChartSpec &chart)
{
    ChartPanel *before = panels[index];
    ChartPanel *panel = makePanel(chart, index);
    const bool isHidden = before->isHidden();
    panels[index] = panel;
    m_layout->insertWidget(m_layout->indexOf(before), panel, 1);
    panel->setHidden(isHidden);
    m_layout->removeWidget(before);
    before->disconnect(board);
    before->view()->disconnect(board);
    before->hide();
    before->setParent(nullptr);
    before->deleteLater(); // it may be what was clicked
    panel->showValues(contents());
}

void ChartBoard::State::updateRightRoom()
{
    const bool hasRightAxis =
        std::ranges::any_of(panels, [](const ChartPanel *panel) { return panel->chart().rightUnit().has_value(); });
    for (ChartPanel *panel : panels)
        panel->setRightRoom(hasRightAxis);
}

void ChartBoard::State::choose(const ChartChoices &changed)
{
    setChoices(changed);
    Q_EMIT board->choicesChanged(choices);
}

void ChartBoard::State::askForSeries(const QString &chart)
{
    if (panels.empty())
        return;
    std::vector<ChartSpec> homes = m_charts;
    homes.insert(homes.end(), m_others.begin(), m_others.end());
    auto *dialog = new SeriesDialog(shownCharts(), homes, chart, board);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, board, [this, dialog] {
        ChartChoices changed = choices;
        if (changed.lines.size() < ChartChoices::kMost && !std::ranges::contains(changed.lines, dialog->choice()))
            changed.lines.push_back(dialog->choice());
        choose(changed);
    });
    dialog->open();
}

void ChartBoard::State::askForBand(const QString &chart, const QString &line)
{
    if (panels.empty())
        return;
    auto *dialog = new BandDialog(shownCharts(), chart, line, board);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, board, [this, dialog] {
        ChartChoices changed = choices;
        if (changed.bands.size() < ChartChoices::kMost)
            changed.bands.push_back(dialog->band());
        choose(changed);
    });
    dialog->open();
}

void ChartBoard::State::showMenu(std::size_t index, const std::optional<std::size_t> &line, QPoint globalPlace)
{
    const ChartSpec chart = panels[index]->chart();
    auto *menu = new QMenu(board);
    menu->setObjectName(QStringLiteral("chartMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Add Series…"), board, [this, id = chart.id] { askForSeries(id); });
    if (line) {
        fillMenuOfLine(*menu, chart, chart.lines[*line]);
    } else {
        menu->addAction(tr("&Band…"), board, [this, id = chart.id] { askForBand(id, {}); });
        for (const ChartSpec::Line &one : chart.lines) {
            if (one.isAdded())
                menu->addAction(tr("Remove %1").arg(plain(one.name)), board,
                                [this, chart, one] { removeLine(chart, one); });
            if (hasBand(chart.id, one.name))
                menu->addAction(tr("Remove Band on %1").arg(plain(one.name)), board,
                                [this, id = chart.id, name = one.name] { removeBands(id, name); });
        }
    }
    menu->popup(globalPlace);
}

void ChartBoard::State::fillMenuOfLine(QMenu &menu, const ChartSpec &chart, const ChartSpec::Line &line)
{
    menu.addAction(tr("&Band on %1…").arg(plain(line.name)), board,
                   [this, id = chart.id, name = line.name] { askForBand(id, name); });
    if (hasBand(chart.id, line.name))
        menu.addAction(tr("Remove Ban&d on %1").arg(plain(line.name)), board,
                       [this, id = chart.id, name = line.name] { removeBands(id, name); });
    if (line.isAdded())
        menu.addAction(tr("&Remove %1").arg(plain(line.name)), board, [this, chart, line] { removeLine(chart, line); });
}

bool ChartBoard::State::hasBand(const QString &chart, const QString &line) const
{
    return std::ranges::any_of(
        choices.bands, [&](const ChartChoices::Band &band) { return band.chart == chart && band.line == line; });
}

/// With its bands.
void ChartBoard::State::removeLine(const ChartSpec &chart, const ChartSpec::Line &line)
{
    ChartChoices changed = choices;
    std::erase(changed.lines, ChartChoices::Added{chart.id, line.home, line.homeName});
    std::erase_if(changed.bands,
                  [&](const ChartChoices::Band &band) { return band.chart == chart.id && band.line == line.name; });
    choose(changed);
}

void ChartBoard::State::removeBands(const QString &chart, const QString &line)
{
    ChartChoices changed = choices;
    std::erase_if(changed.bands,
                  [&](const ChartChoices::Band &band) { return band.chart == chart && band.line == line; });
    choose(changed);
}

void ChartBoard::addSeries(const QString &chart) { m_state->askForSeries(chart); }

void ChartBoard::addBand(const QString &chart, const QString &line) { m_state->askForBand(chart, line); }

} // namespace Headroom
