// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/loadspinbox.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace Headroom {

LoadSpinBox::LoadSpinBox(QWidget *parent)
    : QDoubleSpinBox(parent)
{
    setLocale(QLocale::c()); // the decimal mark of all our numbers
    setKeyboardTracking(false); // 1, 10 and 100 are no wishes while 100 is typed
    setAccelerated(true);
    setAlignment(Qt::AlignRight);
    setCorrectionMode(CorrectToNearestValue);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] { m_isTyping = true; });
    connect(this, &QAbstractSpinBox::editingFinished, this, [this] { m_isTyping = false; });
}

void LoadSpinBox::setScale(const LoadScale &scale)
{
    m_scale = scale;
    setSuffix(scale.isOpenModel() ? tr("/s") : tr(" users"));
    setDecimals(scale.decimals());
    setRange(0.0, scale.maximum());
}

void LoadSpinBox::forgetTyping()
{
    m_isTyping = false;
    setValue(value()); // writes the text anew
}

void LoadSpinBox::stepBy(int steps)
{
    interpretText();
    m_isTyping = false;
    setValue(m_scale.stepped(value(), steps));
    if (hasFocus())
        selectAll();
}

QString LoadSpinBox::textFromValue(double value) const
{
    QString text = QString::number(value, 'f', decimals());
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    return text;
}

void LoadSpinBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
        stepBy(1);
        return;
    case Qt::Key_Minus:
        stepBy(-1);
        return;
    case Qt::Key_Escape:
        if (m_isTyping) {
            forgetTyping();
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QDoubleSpinBox::keyPressEvent(event);
        Q_EMIT returnPressed();
        event->accept(); // a default button is not meant
        return;
    default:
        break;
    }
    QDoubleSpinBox::keyPressEvent(event);
}

} // namespace Headroom
