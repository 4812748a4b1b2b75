// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/probedialog.h"

#include "core/base/humanformat.h"
#include "core/scenario/probeedit.h"
#include "core/scenario/scenarioreader.h"
#include "ui/probes/processpicker.h"
#include "ui/probes/trialbox.h"
#include "ui/run/runtexts.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

ProbeDialog::ProbeDialog(const QByteArray &scenario, const ProfileChoice &choice, QWidget *parent)
    : QDialog(parent)
    , m_scenario(scenario)
    , m_choice(choice)
    , m_kinds(new QComboBox(this))
    , m_forms(new QStackedWidget(this))
    , m_name(nullptr)
    , m_written(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_trial(nullptr)
{
    setObjectName(QStringLiteral("probeDialog"));
    setWindowTitle(tr("Add Probe"));
    addForms();
    m_name = new QLineEdit(this); // the Tab key comes to it behind the fields
    m_trial = new TrialBox(this);
    setupWidgets();
    connect(m_kinds, &QComboBox::currentIndexChanged, this, &ProbeDialog::takeKind);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isNamed = !m_name->text().isEmpty(); });
    connect(m_name, &QLineEdit::textChanged, this, &ProbeDialog::check);
    connect(m_try, &QPushButton::clicked, this, &ProbeDialog::tryWanted);
    takeKind();
}

void ProbeDialog::addForms()
{
    for (const ProbeKind &kind : probeKinds()) {
        m_kinds->addItem(kind.title);
        auto *form = new ProbeForm(kind, m_forms);
        m_forms->addWidget(form);
        connect(form, &ProbeForm::changed, this, &ProbeDialog::check);
        connect(form, &ProbeForm::pickerWanted, this, &ProbeDialog::pickProcess);
        connect(form, &ProbeForm::metricsWanted, this,
                [this, form] { Q_EMIT metricsWanted(form->valueOf(QStringLiteral("prometheus"))); });
    }
}

void ProbeDialog::setupWidgets()
{
    m_kinds->setObjectName(QStringLiteral("probeKinds"));
    m_kinds->setAccessibleName(tr("Kind"));
    m_name->setObjectName(QStringLiteral("probeName"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(100);
    m_written->setObjectName(QStringLiteral("probeWritten"));
    m_written->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_problem->setObjectName(QStringLiteral("probeProblem"));
    for (QLabel *label : {m_written, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_try = buttons->addButton(tr("&Try It"), QDialogButtonBox::ActionRole);
    m_try->setObjectName(QStringLiteral("tryButton"));
    m_try->setAutoDefault(false);
    m_add = buttons->addButton(tr("A&dd to the Scenario"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("addButton"));
    m_add->setDefault(true);
    auto *top = new QFormLayout;
    top->addRow(tr("&Kind:"), m_kinds);
    auto *bottom = new QFormLayout;
    bottom->addRow(tr("&Name:"), m_name);
    auto *column = new QVBoxLayout(this);
    column->addLayout(top);
    column->addWidget(m_forms);
    column->addLayout(bottom);
    column->addWidget(m_written);
    column->addWidget(m_problem);
    column->addWidget(m_trial);
    column->addStretch(1);
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    resize(minimumWidth(), fontMetrics().height() * 26); // with room for what a trial says
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

ProbeForm *ProbeDialog::form() const { return static_cast<ProbeForm *>(m_forms->currentWidget()); }

QString ProbeDialog::name() const { return m_name->text().trimmed(); }

void ProbeDialog::takeKind()
{
    m_forms->setCurrentIndex(m_kinds->currentIndex());
    m_trial->clear();
    suggestName(form()->kind().name);
    check();
}

void ProbeDialog::suggestName(const QString &wanted)
{
    if (!m_isNamed)
        m_name->setText(freeProbeName(m_scenario, wanted));
}

void ProbeDialog::pickProcess()
{
    auto *picker = new ProcessPicker(readScenario(m_scenario, {}, m_choice).scenario.probes, this);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(picker, &QDialog::accepted, this, [this, picker, form = form()] {
        form->setAddress(picker->address());
        suggestName(picker->processName());
    });
    picker->open();
}

/// What is wrong with what is typed; empty: nothing. Then the edit is the one for it.
QString ProbeDialog::problem()
{
    if (const QString missing = form()->missing(); !missing.isEmpty())
        return tr("Still to be filled in: %1").arg(missing);
    const auto edit = editToAddProbe(m_scenario, name(), form()->yaml());
    if (!edit)
        return edit.error().message;
    m_edit = *edit;
    const ScenarioReading reading = readScenario(applied(m_scenario, m_edit), {}, m_choice);
    const int lastLine = m_edit.range.start.line + int(m_edit.text.count(u'\n'));
    const auto isInside = [&](const auto &one) {
        return one.range.start >= m_edit.range.start && one.range.start.line <= lastLine;
    };
    for (const Diagnostic &one : reading.diagnostics) {
        if (isInside(one) && one.severity == Diagnostic::Severity::Error)
            return foreignText(one.message);
    }
    const auto first = std::ranges::find_if(reading.scenario.probes, isInside);
    m_first = first == reading.scenario.probes.end() ? name() : first->name;
    return {};
}

void ProbeDialog::check()
{
    const QString wrong = problem();
    const QString yaml = form()->yaml();
    m_written->setText(yaml.isEmpty() ? QString() : foreignText(QStringLiteral("%1: %2").arg(name(), yaml)));
    m_problem->setText(wrong);
    m_problem->setVisible(!wrong.isEmpty());
    m_add->setEnabled(wrong.isEmpty());
    m_try->setEnabled(wrong.isEmpty());
}

QByteArray ProbeDialog::textWithProbe() const
{
    return m_add->isEnabled() ? applied(m_scenario, m_edit) : QByteArray();
}

void ProbeDialog::showMetrics(const std::vector<PromMetric> &metrics) { form()->setMetrics(metrics); }

} // namespace Headroom
