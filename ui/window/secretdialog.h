// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secretfinder.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QDialogButtonBox;
class QLineEdit;

namespace Headroom {

/// Asks for the values of secrets that were not found. What is typed is shown by nobody, and gone with the dialog.
class SecretDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SecretDialog(const std::vector<MissingSecret> &missing, QWidget *parent = nullptr);

    SecretValues values() const;
    bool isToBeKept() const; ///< In the keyring.

private:
    void addRow(const MissingSecret &missing);
    void updateStart();

    std::vector<Scenario::Secret> m_secrets;
    std::vector<QLineEdit *> m_edits; // by secret
    QCheckBox *m_keep;
    QDialogButtonBox *m_buttons;
};

} // namespace Headroom
