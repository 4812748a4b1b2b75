// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/probetrial.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace Headroom {

/// What came of trying a probe: its values with their units, or the sentence why there are none. Hidden while there is
/// nothing to say.
class TrialBox : public QWidget
{
    Q_OBJECT
public:
    explicit TrialBox(QWidget *parent = nullptr);

    void showTrying(const QString &name);
    void showOutcome(const QString &name, const ProbeTrialOutcome &outcome);
    void showSentence(const QString &name, const QString &sentence);
    void clear();
    QString text() const;

Q_SIGNALS:
    void cancelled();

private:
    void tell(const QString &text, bool isOn);

    QLabel *m_text;
    QPushButton *m_cancel;
};

} // namespace Headroom
