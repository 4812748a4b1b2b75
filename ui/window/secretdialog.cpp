// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/secretdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Headroom {

SecretDialog::SecretDialog(const std::vector<MissingSecret> &missing, QWidget *parent)
    : QDialog(parent)
    , m_keep(new QCheckBox(tr("&Keep in the keyring"), this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("secretDialog"));
    setWindowTitle(tr("Secrets of the Scenario"));
    new QVBoxLayout(this);
    for (const MissingSecret &one : missing)
        addRow(one);
    m_keep->setObjectName(QStringLiteral("keepSecrets"));
    m_keep->setToolTip(
        tr("The next run finds them there; without this they are asked for again after Headroom has been closed"));
    m_keep->setVisible(std::ranges::any_of(m_secrets, isSoughtInKeyring));
    layout()->addWidget(m_keep);
    QPushButton *start = m_buttons->addButton(tr("&Start"), QDialogButtonBox::AcceptRole);
    start->setObjectName(QStringLiteral("startWithSecrets"));
    start->setDefault(true);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(m_buttons);
    updateStart();
}

void SecretDialog::addRow(const MissingSecret &missing)
{
    auto *words = new QLabel(missing.sentence, this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    auto *edit = new QLineEdit(this);
    edit->setObjectName(QStringLiteral("secret-") + missing.secret.name);
    edit->setAccessibleName(tr("Value of secret %1").arg(missing.secret.name));
    edit->setEchoMode(QLineEdit::Password);
    edit->setPlaceholderText(missing.secret.name);
    connect(edit, &QLineEdit::textChanged, this, &SecretDialog::updateStart);
    layout()->addWidget(words);
    layout()->addWidget(edit);
    m_secrets.push_back(missing.secret);
    m_edits.push_back(edit);
}

void SecretDialog::updateStart()
{
    const bool areGood =
        std::ranges::all_of(m_edits, [](const QLineEdit *edit) { return secretProblem(edit->text()).isEmpty(); });
    for (QAbstractButton *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(areGood);
    }
}

SecretValues SecretDialog::values() const
{
    SecretValues values;
    for (std::size_t i = 0; i < m_edits.size(); ++i)
        values.push_back({m_secrets[i].name, m_edits[i]->text()});
    return values;
}

bool SecretDialog::isToBeKept() const { return m_keep->isChecked(); }

} // namespace Headroom
