// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/probeform.h"

#include "core/scenario/probeedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace Headroom {

namespace {

const QString kTarget = QStringLiteral("target");

/// A number stays one; all else is quoted where it has to be.
QString processYaml(const QString &way, const QString &who, bool hasChildren)
{
    QString fields = way + QLatin1String(": ") + (way == kTarget ? QStringLiteral("true") : scalarText(who));
    if (hasChildren)
        fields += QLatin1String(", children: true");
    return QStringLiteral("{ process: { %1 } }").arg(fields);
}

/// What is typed as "live: /live, ready: /ready". What has no name is its own, so that the
/// scenario's reader says what is wrong with it.
QString pairsYaml(const QString &typed)
{
    QStringList pairs;
    for (const QString &pair : typed.split(u',', Qt::SkipEmptyParts))
        pairs << scalarText(pair.section(u':', 0, 0).trimmed()) + QLatin1String(": ")
                + scalarText((pair.contains(u':') ? pair.section(u':', 1) : pair).trimmed());
    return QStringLiteral("{ %1 }").arg(pairs.join(QStringLiteral(", ")));
}

QString plainLabel(QString label) { return label.remove(u'&'); }

} // namespace

ProbeForm::ProbeForm(const ProbeKind &kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_layout(new QFormLayout(this))
{
    setObjectName(QStringLiteral("probeForm.") + kind.key);
    m_layout->setContentsMargins({});
    auto *explanation = new QLabel(kind.explanation, this);
    explanation->setWordWrap(true);
    m_layout->addRow(explanation);
    m_entries.reserve(kind.fields.size()); // functions point into it
    for (const ProbeField &field : kind.fields)
        addField(field);
    QPushButton *button = nullptr;
    if (kind.key == QLatin1String("process")) {
        button = new QPushButton(tr("C&hoose a Process…"), this);
        button->setObjectName(QStringLiteral("chooseProcess"));
        connect(button, &QPushButton::clicked, this, &ProbeForm::pickerWanted);
    } else if (kind.key == QLatin1String("prometheus")) {
        button = new QPushButton(tr("&List Metrics"), this);
        button->setObjectName(QStringLiteral("listMetrics"));
        connect(button, &QPushButton::clicked, this, &ProbeForm::metricsWanted);
    }
    if (button) {
        button->setAutoDefault(false);
        m_layout->addRow(QString(), button);
    }
}

void ProbeForm::addField(const ProbeField &field)
{
    Entry &entry = m_entries.emplace_back(Entry{field, nullptr, {}, {}});
    switch (field.kind) {
    case ProbeField::Kind::Text:
    case ProbeField::Kind::Pairs:
        addText(entry);
        break;
    case ProbeField::Kind::Choice:
        addChoice(entry, false);
        break;
    case ProbeField::Kind::Metric:
        addChoice(entry, true);
        break;
    case ProbeField::Kind::Check:
        addCheck(entry);
        break;
    case ProbeField::Kind::File:
        addFile(entry);
        break;
    case ProbeField::Kind::Number:
        addNumber(entry);
        break;
    }
    entry.editor->setObjectName(QStringLiteral("field.") + field.key);
    entry.editor->setAccessibleName(plainLabel(field.label));
}

void ProbeForm::addText(Entry &entry)
{
    auto *line = new QLineEdit(this);
    line->setPlaceholderText(entry.field.example);
    line->setMaxLength(4000);
    connect(line, &QLineEdit::textChanged, this, &ProbeForm::changed);
    entry.editor = line;
    entry.value = [line] { return line->text().trimmed(); };
    entry.setValue = [line](const QString &text) { line->setText(text); };
    m_layout->addRow(entry.field.label + u':', line);
}

void ProbeForm::addChoice(Entry &entry, bool isEditable)
{
    auto *box = new QComboBox(this);
    box->setEditable(isEditable);
    box->addItems(entry.field.choices);
    if (isEditable) {
        box->setInsertPolicy(QComboBox::NoInsert);
        box->lineEdit()->setPlaceholderText(entry.field.example);
        box->completer()->setFilterMode(Qt::MatchContains);
        box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        connect(box, &QComboBox::currentTextChanged, this, &ProbeForm::takeMetric);
    }
    connect(box, &QComboBox::currentTextChanged, this, &ProbeForm::changed);
    entry.editor = box;
    entry.value = [box] { return box->currentText().trimmed(); };
    entry.setValue = [box](const QString &text) { box->setCurrentText(text); };
    m_layout->addRow(entry.field.label + u':', box);
}

void ProbeForm::addCheck(Entry &entry)
{
    auto *check = new QCheckBox(entry.field.label, this);
    connect(check, &QCheckBox::toggled, this, &ProbeForm::changed);
    entry.editor = check;
    entry.value = [check] { return check->isChecked() ? QStringLiteral("true") : QString(); };
    entry.setValue = [check](const QString &text) { check->setChecked(!text.isEmpty()); };
    m_layout->addRow(QString(), check);
}

void ProbeForm::addFile(Entry &entry)
{
    auto *line = new QLineEdit(this);
    line->setPlaceholderText(entry.field.example);
    auto *browse = new QPushButton(tr("B&rowse…"), this);
    browse->setObjectName(QStringLiteral("browse.") + entry.field.key);
    browse->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(line, 1);
    row->addWidget(browse);
    connect(line, &QLineEdit::textChanged, this, &ProbeForm::changed);
    connect(browse, &QPushButton::clicked, this, [this, line] {
        auto *dialog = new QFileDialog(this, tr("Choose a File"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
        dialog->open();
    });
    entry.editor = line;
    entry.value = [line] { return line->text().trimmed(); };
    entry.setValue = [line](const QString &text) { line->setText(text); };
    auto *label = new QLabel(entry.field.label + u':', this);
    label->setBuddy(line);
    m_layout->addRow(label, row);
}

void ProbeForm::addNumber(Entry &entry)
{
    auto *box = new QSpinBox(this);
    box->setRange(0, entry.field.most);
    connect(box, &QSpinBox::valueChanged, this, &ProbeForm::changed);
    entry.editor = box;
    entry.value = [box] { return QString::number(box->value()); };
    entry.setValue = [box](const QString &text) { box->setValue(text.toInt()); };
    m_layout->addRow(entry.field.label + u':', box);
}

ProbeForm::Entry *ProbeForm::entryOf(const QString &key)
{
    const auto found = std::ranges::find(m_entries, key, [](const Entry &entry) { return entry.field.key; });
    return found == m_entries.end() ? nullptr : &*found;
}

QString ProbeForm::valueOf(const QString &key) const
{
    const auto found = std::ranges::find(m_entries, key, [](const Entry &entry) { return entry.field.key; });
    return found == m_entries.end() ? QString() : found->value();
}

QString ProbeForm::missing() const
{
    const bool isOfTarget = valueOf(QStringLiteral("way")) == kTarget;
    for (const Entry &entry : m_entries) {
        const bool isIdle = isOfTarget && entry.field.key == QLatin1String("who");
        if (entry.field.isRequired && !isIdle && entry.value().isEmpty())
            return plainLabel(entry.field.label);
    }
    return {};
}

QString ProbeForm::yaml() const
{
    if (!missing().isEmpty())
        return {};
    if (m_kind.key == QLatin1String("process"))
        return processYaml(valueOf(QStringLiteral("way")), valueOf(QStringLiteral("who")),
                           !valueOf(QStringLiteral("children")).isEmpty());
    if (m_entries.empty())
        return QStringLiteral("{ %1: true }").arg(m_kind.key);
    QStringList fields;
    for (const Entry &entry : m_entries) {
        const QString value = entry.value();
        const bool isStandard = entry.field.kind == ProbeField::Kind::Choice && value == entry.field.choices.value(0);
        if (!value.isEmpty() && !isStandard)
            fields << entry.field.key + QLatin1String(": ")
                    + (entry.field.kind == ProbeField::Kind::Pairs ? pairsYaml(value) : scalarText(value));
    }
    return QStringLiteral("{ %1 }").arg(fields.join(QStringLiteral(", ")));
}

void ProbeForm::setAddress(const ProcessAddress &address)
{
    Entry *way = entryOf(QStringLiteral("way"));
    Entry *who = entryOf(QStringLiteral("who"));
    if (!way || !who)
        return;
    const bool isByName = address.by == ProcessAddress::By::Name;
    way->setValue(isByName                                     ? QStringLiteral("name")
                      : address.by == ProcessAddress::By::Port ? QStringLiteral("port")
                                                               : QStringLiteral("pid"));
    who->setValue(isByName ? address.name : QString::number(address.number));
}

void ProbeForm::setMetrics(const std::vector<PromMetric> &metrics)
{
    Entry *entry = entryOf(QStringLiteral("metric"));
    if (!entry)
        return;
    m_metrics = metrics;
    auto *box = static_cast<QComboBox *>(entry->editor);
    const QString typed = box->currentText();
    {
        const QSignalBlocker blocker(box);
        box->clear();
        for (const PromMetric &metric : metrics) {
            box->addItem(metric.name);
            const QString labels = metric.labels.join(QStringLiteral(", "));
            box->setItemData(box->count() - 1,
                             labels.isEmpty() ? metric.type : QStringLiteral("%1: %2").arg(metric.type, labels),
                             Qt::ToolTipRole);
        }
        box->setCurrentIndex(-1);
    }
    box->setCurrentText(typed);
    if (typed.isEmpty() && box->count() > 0)
        box->showPopup();
}

/// What its type is mostly looked at as.
void ProbeForm::takeMetric(const QString &name)
{
    const auto metric = std::ranges::find(m_metrics, name, &PromMetric::name);
    Entry *as = entryOf(QStringLiteral("as"));
    if (metric == m_metrics.end() || !as)
        return;
    as->setValue(metric->type == QLatin1String("histogram")     ? QStringLiteral("p95")
                     : metric->type == QLatin1String("counter") ? QStringLiteral("rate")
                                                                : QStringLiteral("value"));
}

} // namespace Headroom
