// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/replaybar.h"

#include "ui/run/replaybarstate.h"
#include "ui/run/seekslider.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QToolButton>

namespace Headroom {

namespace {

constexpr int kLongStep = 10; // seconds, with Shift
constexpr auto kForeignModifiers = Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;

} // namespace

ReplayBar::ReplayBar(QWidget *parent)
    : QWidget(parent)
    , m_state(std::make_unique<State>(this))
{
    setObjectName(QStringLiteral("replayBar"));
    setAccessibleName(tr("Replay"));
    setFocusProxy(m_state->slider);
    setReplayer(nullptr);
}

ReplayBar::~ReplayBar() = default;

void ReplayBar::setReplayer(SessionReplayer *replayer) { m_state->setReplayer(replayer); }

void ReplayBar::togglePlaying()
{
    SessionReplayer *replayer = m_state->replayer;
    if (!replayer)
        return;
    if (replayer->isPlaying())
        replayer->pause();
    else
        replayer->play();
}

void ReplayBar::step(int seconds)
{
    if (m_state->replayer) // by the slider, which keeps a held key from seeking more often than can be shown
        m_state->slider->setValue(m_state->slider->value() + seconds * m_state->slider->singleStep());
}

void ReplayBar::faster() { m_state->changeSpeed(1); }

void ReplayBar::slower() { m_state->changeSpeed(-1); }

bool ReplayBar::takeKey(const QKeyEvent &key)
{
    if (!m_state->replayer || key.modifiers().testAnyFlags(kForeignModifiers))
        return false;
    const int direction = isRightToLeft() ? -1 : 1;
    const int seconds = direction * (key.modifiers().testFlag(Qt::ShiftModifier) ? kLongStep : 1);
    SeekSlider *slider = m_state->slider;
    switch (key.key()) {
    case Qt::Key_Space:
        togglePlaying();
        break;
    case Qt::Key_Left:
        step(-seconds);
        break;
    case Qt::Key_Right:
        step(seconds);
        break;
    case Qt::Key_Home:
        slider->setValue(slider->minimum());
        break;
    case Qt::Key_End:
        slider->setValue(slider->maximum());
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the same key without Shift on many keyboards
        faster();
        break;
    case Qt::Key_Minus:
        slower();
        break;
    default:
        return false;
    }
    return true;
}

bool ReplayBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isSpeedKey = key->key() == Qt::Key_Plus || key->key() == Qt::Key_Equal || key->key() == Qt::Key_Minus;
    if (watched == m_state->speed) // its list has its own use for the others
        return isSpeedKey && takeKey(*key);
    const bool isPageKey = key->key() == Qt::Key_PageUp || key->key() == Qt::Key_PageDown;
    if (isPageKey && watched != m_state->slider && !key->modifiers().testAnyFlags(kForeignModifiers)) {
        m_state->slider->event(event); // a button would do nothing with it
        return true;
    }
    return takeKey(*key) || QWidget::eventFilter(watched, event);
}

} // namespace Headroom
