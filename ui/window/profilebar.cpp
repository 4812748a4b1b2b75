// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/profilebar.h"

#include "ui/run/runtexts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace Headroom {

namespace {

/// Index of the profile of a group that a choice names; the first when it names none.
int chosenOf(const ProfileOffer::Group &group, const ProfileChoice &choice)
{
    const auto isChosen = [&](const QString &profile) { return choice.profiles.contains(group.name + u'=' + profile); };
    const auto found = std::ranges::find_if(group.profiles, isChosen);
    return found == group.profiles.end() ? 0 : int(found - group.profiles.begin());
}

/// No mnemonic and no rich text by accident.
QString labelText(const QString &name) { return foreignText(name).replace(u'&', QLatin1String("&&")) + u':'; }

} // namespace

ProfileBar::ProfileBar(QWidget *parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("profileBar"));
    m_row->setContentsMargins(0, 0, 0, 0);
}

void ProfileBar::setWanted(const ProfileChoice &wanted)
{
    if (wanted == m_choice)
        return;
    m_choice = wanted;
    rebuild();
    Q_EMIT choiceChanged();
}

void ProfileBar::setOffer(const ProfileOffer &offer)
{
    const ProfileChoice left = stillOffered(offer, m_choice);
    const bool isOther = left != m_choice;
    if (!isOther && offer == m_offer)
        return;
    m_offer = offer;
    m_choice = left;
    rebuild();
    Q_EMIT offerChanged(offer.isEmpty());
    if (isOther)
        Q_EMIT choiceChanged();
}

void ProfileBar::rebuild()
{
    m_boxes.clear();
    m_environments = nullptr;
    while (QLayoutItem *item = m_row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const ProfileOffer::Group &group : m_offer.groups)
        m_boxes.push_back(
            addBox(QStringLiteral("profile.") + group.name, group.name, group.profiles, chosenOf(group, m_choice)));
    if (!m_offer.environments.isEmpty()) {
        const auto current = int(m_offer.environments.indexOf(m_choice.environment)) + 1;
        m_environments = addBox(QStringLiteral("environment"), tr("Environment"),
                                QStringList{tr("none")} + m_offer.environments, current);
    }
    m_row->addStretch(1);
}

QComboBox *ProfileBar::addBox(const QString &name, const QString &title, const QStringList &entries, int current)
{
    auto *box = new QComboBox(this);
    box->setObjectName(name);
    box->setAccessibleName(foreignText(title));
    for (const QString &entry : entries)
        box->addItem(foreignText(entry));
    box->setCurrentIndex(current);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    label->setText(labelText(title));
    label->setBuddy(box);
    m_row->addWidget(label);
    m_row->addWidget(box);
    connect(box, &QComboBox::activated, this, &ProfileBar::take);
    return box;
}

void ProfileBar::take()
{
    m_choice = {};
    for (std::size_t i = 0; i < m_boxes.size(); ++i) {
        const ProfileOffer::Group &group = m_offer.groups[i];
        if (const int index = m_boxes[i]->currentIndex(); index > 0) // the first is what counts without a choice
            m_choice.profiles.append(group.name + u'=' + group.profiles[index]);
    }
    if (m_environments && m_environments->currentIndex() > 0)
        m_choice.environment = m_offer.environments[m_environments->currentIndex() - 1];
    Q_EMIT chosen();
    Q_EMIT choiceChanged();
}

void ProfileBar::focusFirst()
{
    QComboBox *first = m_boxes.empty() ? m_environments : m_boxes.front();
    if (first)
        first->setFocus(Qt::ShortcutFocusReason);
}

} // namespace Headroom
