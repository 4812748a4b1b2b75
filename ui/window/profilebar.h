// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/profilechoice.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;

namespace Headroom {

/// The profiles and the environment that the next run takes: a box for each group, and one for the environments.
/// Thread: main.
class ProfileBar : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileBar(QWidget *parent = nullptr);

    /// What was chosen for this scenario before; what of it is not on offer goes with the next offer.
    void setWanted(const ProfileChoice &wanted);
    /// What the scenario has; keeps what is chosen as far as that is still there.
    void setOffer(const ProfileOffer &offer);
    const ProfileOffer &offer() const { return m_offer; }
    ProfileChoice choice() const { return m_choice; }

public Q_SLOTS:
    void focusFirst(); ///< With the keyboard; opens nothing.

Q_SIGNALS:
    void chosen(); ///< By the user.
    void choiceChanged(); ///< However that came.
    void offerChanged(bool isEmpty);

private:
    void rebuild();
    QComboBox *addBox(const QString &name, const QString &title, const QStringList &entries, int current);
    void take();

    QHBoxLayout *m_row;
    ProfileOffer m_offer;
    ProfileChoice m_choice;
    std::vector<QComboBox *> m_boxes; // one of each group, in their order
    QComboBox *m_environments = nullptr;
};

} // namespace Headroom
