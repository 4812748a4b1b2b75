// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/banddialog.h"

#include "ui/charts/axistext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

BandDialog::BandDialog(const std::vector<ChartSpec> &shown, const QString &chart, const QString &line, QWidget *parent)
    : QDialog(parent)
    , m_shown(shown)
    , m_charts(new QComboBox(this))
    , m_lines(new QComboBox(this))
    , m_low(new QLineEdit(this))
    , m_high(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("bandDialog"));
    setWindowTitle(tr("Band on a Series"));
    const std::pair<QWidget *, QString> names[] = {
        {m_charts, tr("Chart")}, {m_lines, tr("Series")}, {m_low, tr("From")}, {m_high, tr("To")}};
    for (const auto &[widget, name] : names)
        widget->setAccessibleName(name);
    m_charts->setObjectName(QStringLiteral("bandChart"));
    m_lines->setObjectName(QStringLiteral("bandLine"));
    m_low->setObjectName(QStringLiteral("bandLow"));
    m_high->setObjectName(QStringLiteral("bandHigh"));
    m_problem->setObjectName(QStringLiteral("bandProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    for (const ChartSpec &one : m_shown)
        m_charts->addItem(one.title, one.id);
    m_charts->setCurrentIndex(std::max(0, m_charts->findData(chart)));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_set = buttons->addButton(tr("&Set Band"), QDialogButtonBox::AcceptRole);
    m_set->setObjectName(QStringLiteral("setBand"));
    m_set->setDefault(true);
    auto *form = new QFormLayout;
    form->addRow(tr("&Chart:"), m_charts);
    form->addRow(tr("&Series:"), m_lines);
    form->addRow(tr("&From:"), m_low);
    form->addRow(tr("&To:"), m_high);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addStretch(1);
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    fillLines(line);
    connect(m_charts, &QComboBox::currentIndexChanged, this, [this] { fillLines({}); });
    connect(m_lines, &QComboBox::currentIndexChanged, this, &BandDialog::check);
    connect(m_low, &QLineEdit::textChanged, this, &BandDialog::check);
    connect(m_high, &QLineEdit::textChanged, this, &BandDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_low->setFocus();
}

void BandDialog::fillLines(const QString &chosen)
{
    m_lines->clear();
    const auto chart = std::ranges::find(m_shown, m_charts->currentData().toString(), &ChartSpec::id);
    if (chart != m_shown.end()) {
        for (const ChartSpec::Line &line : chart->lines)
            m_lines->addItem(line.name, int(chart->unitOf(line)));
    }
    m_lines->setCurrentIndex(std::max(0, m_lines->findText(chosen)));
    check();
}

std::optional<ChartSpec::Unit> BandDialog::unit() const
{
    return m_lines->currentIndex() < 0 ? std::nullopt : std::optional(ChartSpec::Unit(m_lines->currentData().toInt()));
}

void BandDialog::check()
{
    const auto unit = this->unit();
    QString problem = unit ? QString() : tr("The chart has no series");
    if (unit) {
        for (QLineEdit *edit : {m_low, m_high})
            edit->setPlaceholderText(unitName(*unit));
        const auto low = parseValue(m_low->text(), *unit);
        const auto high = parseValue(m_high->text(), *unit);
        const bool isTyped = !m_low->text().trimmed().isEmpty() && !m_high->text().trimmed().isEmpty();
        if (!isTyped)
            problem = tr("Two values in %1, such as rules have them").arg(unitName(*unit));
        else if (!low || !high)
            problem = low ? high.error().message : low.error().message;
        else if (!(*low < *high))
            problem = tr("A band reaches from the smaller value to the larger one");
    }
    m_problem->setText(problem);
    m_set->setEnabled(problem.isEmpty());
}

ChartChoices::Band BandDialog::band() const
{
    const ChartSpec::Unit unit = this->unit().value_or(ChartSpec::Unit::Count);
    return {m_charts->currentData().toString(), m_lines->currentText(), parseValue(m_low->text(), unit).value_or(0.0),
            parseValue(m_high->text(), unit).value_or(0.0)};
}

} // namespace Headroom
