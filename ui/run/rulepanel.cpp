// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/rulepanel.h"

#include "core/rules/rulesbyhand.h"
#include "ui/widgets/copytable.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace Headroom {

namespace {

/// Rules that fit the run, to choose from and to go on typing.
QStringList exampleRules(const RunFacts &facts)
{
    QStringList rules{QStringLiteral("errors < 1 %"), QStringLiteral("p95 < 1 s"), QStringLiteral("p99 < 2 s stop"),
                      QStringLiteral("throughput > 10/s"), QStringLiteral("rejected < 5 %")};
    if (facts.isOpenModel)
        rules << QStringLiteral("achieved >= 99 %") << QStringLiteral("dropped < 1 %");
    for (const RunFacts::Step &step : facts.steps)
        rules << QStringLiteral("p95(%1) < 1 s").arg(step.name) << QStringLiteral("errors(%1) < 1 %").arg(step.name);
    for (const RunFacts::Stage &stage : facts.stages)
        rules << QStringLiteral("p95 < 1 s during %1").arg(stage.name);
    for (const RunFacts::Series &series : facts.series)
        rules << QStringLiteral("max(%1) < 1").arg(series.name());
    for (const RunFacts::Observation &one : facts.observations) {
        using Kind = RunFacts::Observation::Kind;
        if (one.kind == Kind::Hit)
            rules << QStringLiteral("hit_rate(%1) >= 50 %").arg(one.name);
        else
            rules << QStringLiteral("value(%1, p95) < 1%2").arg(one.name, QLatin1String(one.kind == Kind::Value ? "" : " s"));
    }
    return rules;
}

} // namespace

RulePanel::RulePanel(RuleTableModel *model, QWidget *parent)
    : QWidget(parent)
    , m_table(new CopyTable(QStringLiteral("rules"), model, this))
    , m_buttons(new QHBoxLayout)
    , m_editing(new QWidget(this))
    , m_line(new QLineEdit(m_editing))
    , m_apply(new QPushButton(tr("A&pply"), m_editing))
    , m_cancel(new QPushButton(tr("Ca&ncel"), m_editing))
    , m_problem(new QLabel(m_editing))
{
    setObjectName(QStringLiteral("rulePanel"));
    m_table->setAccessibleName(tr("Rules"));
    m_table->setEmptyText(tr("Rules stand here once a run is on"));
    setupEditing();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    column->addWidget(m_table, 1);
    column->addWidget(m_editing);
    column->addLayout(m_buttons);
    m_buttons->addStretch(1);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RulePanel::choiceChanged);
    connect(m_table->model(), &QAbstractItemModel::modelReset, this, &RulePanel::choiceChanged);
    end();
}

void RulePanel::setupEditing()
{
    m_line->setObjectName(QStringLiteral("ruleText"));
    m_line->setAccessibleName(tr("Rule"));
    m_line->setPlaceholderText(tr("For example: p95(step) < 900 ms during stage"));
    m_line->setMaxLength(1000); // as the parser says
    auto *completer = new QCompleter(new QStringListModel(this), this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_line->setCompleter(completer);
    m_apply->setObjectName(QStringLiteral("applyRule"));
    m_cancel->setObjectName(QStringLiteral("cancelRule"));
    m_problem->setObjectName(QStringLiteral("ruleProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *column = new QVBoxLayout(m_editing);
    column->setContentsMargins({});
    auto *row = new QHBoxLayout;
    row->addWidget(m_line, 1);
    row->addWidget(m_apply);
    row->addWidget(m_cancel);
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_line, &QLineEdit::textChanged, this, &RulePanel::check);
    connect(m_line, &QLineEdit::returnPressed, this, &RulePanel::apply);
    connect(m_apply, &QPushButton::clicked, this, &RulePanel::apply);
    connect(m_cancel, &QPushButton::clicked, this, &RulePanel::end);
    auto *escape = new QShortcut(Qt::Key_Escape, m_editing, {}, {}, Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, &RulePanel::end);
}

void RulePanel::setOrders(const QList<QAction *> &orders)
{
    for (QAction *action : orders) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setObjectName(action->objectName() + QLatin1String("Button"));
        button->setFocusPolicy(Qt::StrongFocus);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAccessibleName(action->iconText());
        m_buttons->insertWidget(m_buttons->count() - 1, button);
    }
}

void RulePanel::setRun(const RunFactsPtr &facts)
{
    if (std::exchange(m_facts, facts) == facts)
        return;
    static_cast<QStringListModel *>(m_line->completer()->model())
        ->setStringList(facts ? exampleRules(*facts) : QStringList());
    if (!facts)
        end();
    Q_EMIT choiceChanged();
}

QStringList RulePanel::chosen() const
{
    QStringList texts;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        texts << index.data(RuleTableModel::TextRole).toString();
    return texts;
}

bool RulePanel::hasChoice() const { return !chosen().isEmpty(); }

void RulePanel::add() { begin({}, {}); }

void RulePanel::change()
{
    if (const QStringList texts = chosen(); !texts.isEmpty())
        begin(texts.first(), texts.first());
}

void RulePanel::switchOff()
{
    if (!m_facts)
        return;
    QStringList rules = m_facts->rules;
    for (const QString &text : chosen())
        rules.removeOne(text);
    if (rules != m_facts->rules)
        Q_EMIT rulesWanted(rules);
}

void RulePanel::begin(const QString &text, const QString &replaced)
{
    if (!m_facts)
        return;
    m_replaced = replaced;
    m_line->setText(text);
    check();
    m_editing->show();
    m_line->setFocus();
    m_line->selectAll();
}

void RulePanel::end()
{
    m_editing->hide();
    m_line->clear();
    m_replaced.clear();
    if (m_table->isVisible())
        m_table->setFocus();
}

void RulePanel::check()
{
    const QString text = m_line->text().trimmed();
    Result<std::vector<Rule>> rules;
    if (m_facts && !text.isEmpty())
        rules = rulesByHand({text}, *m_facts, 0);
    m_apply->setEnabled(m_facts && !text.isEmpty() && text != m_replaced && rules);
    showProblem(rules ? QString() : rules.error().text());
}

void RulePanel::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    m_line->setAccessibleDescription(sentence);
}

void RulePanel::apply()
{
    if (!m_apply->isEnabled())
        return;
    QStringList rules = m_facts->rules;
    const qsizetype place = m_replaced.isEmpty() ? -1 : rules.indexOf(m_replaced);
    if (place >= 0)
        rules[place] = m_line->text().trimmed();
    else
        rules << m_line->text().trimmed();
    end();
    Q_EMIT rulesWanted(rules);
}

} // namespace Headroom
