// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/probes/trialbox.h"

#include "ui/probes/probetexts.h"
#include "ui/run/runtexts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Headroom {

TrialBox::TrialBox(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_cancel(new QPushButton(tr("&Cancel Trial"), this))
{
    setObjectName(QStringLiteral("trialBox"));
    m_text->setObjectName(QStringLiteral("trialText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_cancel->setObjectName(QStringLiteral("cancelTrial"));
    m_cancel->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    const int gap = fontMetrics().height() / 4;
    row->setContentsMargins(gap, gap, gap, gap);
    row->addWidget(m_text, 1);
    row->addWidget(m_cancel, 0, Qt::AlignTop);
    connect(m_cancel, &QPushButton::clicked, this, &TrialBox::cancelled);
    clear();
}

void TrialBox::tell(const QString &text, bool isOn)
{
    m_text->setText(text);
    m_text->setAccessibleName(text);
    m_cancel->setVisible(isOn);
    setVisible(!text.isEmpty());
}

void TrialBox::showTrying(const QString &name) { tell(tr("%1: looking …").arg(foreignText(name)), true); }

void TrialBox::showOutcome(const QString &name, const ProbeTrialOutcome &outcome)
{
    QStringList lines;
    const QString values = trialValuesText(outcome);
    if (!outcome.hasFailed() && !values.isEmpty())
        lines << tr("✓ %1: %2").arg(foreignText(name), values);
    for (const QString &sentence : outcome.sentences)
        lines << (outcome.hasFailed() ? tr("✗ %1: %2") : tr("%1: %2")).arg(foreignText(name), foreignText(sentence));
    if (lines.isEmpty())
        lines << tr("✗ %1: nothing was found").arg(foreignText(name));
    tell(lines.join(u'\n'), false);
}

void TrialBox::showSentence(const QString &name, const QString &sentence)
{
    tell(tr("%1: %2").arg(foreignText(name), foreignText(sentence)), false);
}

void TrialBox::clear() { tell({}, false); }

QString TrialBox::text() const { return m_text->text(); }

} // namespace Headroom
