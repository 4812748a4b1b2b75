// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/loadscale.h"

#include <QDoubleSpinBox>

namespace Headroom {

/// A box for a rate or a number of users, stepped by about a tenth; + and - step too, Escape takes typing back.
class LoadSpinBox : public QDoubleSpinBox
{
    Q_OBJECT
public:
    explicit LoadSpinBox(QWidget *parent = nullptr);

    void setScale(const LoadScale &scale);
    bool isTyping() const { return m_isTyping; }
    void forgetTyping();

    void stepBy(int steps) override;
    QString textFromValue(double value) const override;

Q_SIGNALS:
    void returnPressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    LoadScale m_scale;
    bool m_isTyping = false;
};

} // namespace Headroom
