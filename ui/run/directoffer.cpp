// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/directoffer.h"

namespace Headroom {

DirectOffer::DirectOffer(QWidget *parent)
    : QPushButton(tr("Write &transport: direct into the scenario"), parent)
{
    setObjectName(QStringLiteral("directOffer"));
    setAccessibleName(tr("Write transport: direct into the scenario"));
    setToolTip(
        tr("The generator was the limit. The transport direct makes many times as many requests in a second of CPU."));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    hide();
}

void DirectOffer::setView(const RunViewPtr &view)
{
    const bool isNew = isHidden();
    setVisible(view && view->validity.wouldGainFromDirect);
    if (isNew && !isHidden())
        Q_EMIT made();
}

} // namespace Headroom
