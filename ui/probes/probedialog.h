// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/profilechoice.h"
#include "core/scenario/scenarioedit.h"
#include "ui/probes/probeform.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace Headroom {

class TrialBox;

/// Puts a new probe together: its kind, what that needs, its name; shows what will be written, and what is wrong with
/// it.
class ProbeDialog : public QDialog
{
    Q_OBJECT
public:
    /// `scenario`: the text that the probe comes into, read with `choice`.
    ProbeDialog(const QByteArray &scenario, const ProfileChoice &choice, QWidget *parent);

    /// Only when accepted.
    ScenarioEdit edit() const { return m_edit; }
    QString name() const;
    QString firstProbe() const { return m_first; } ///< Of several tiers the first; else name().
    QByteArray textWithProbe() const; ///< The scenario as it would be; empty while something is wrong.
    TrialBox &trial() const { return *m_trial; }
    void showMetrics(const std::vector<PromMetric> &metrics); ///< Of the URL that was typed.

Q_SIGNALS:
    void tryWanted(); ///< What is typed.
    void metricsWanted(const QString &url);

private:
    void setupWidgets();
    void addForms();
    void takeKind();
    void check();
    QString problem();
    ProbeForm *form() const;
    void pickProcess();
    void suggestName(const QString &wanted);

    QByteArray m_scenario;
    ProfileChoice m_choice;
    ScenarioEdit m_edit;
    QString m_first;
    QComboBox *m_kinds;
    QStackedWidget *m_forms;
    QLineEdit *m_name;
    bool m_isNamed = false; // by hand
    QLabel *m_written;
    QLabel *m_problem;
    TrialBox *m_trial;
    QPushButton *m_try = nullptr;
    QPushButton *m_add = nullptr;
};

} // namespace Headroom
