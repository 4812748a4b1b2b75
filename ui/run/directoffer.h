// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"

#include <QPushButton>

namespace Headroom {

/// Offers the faster transport while the run that is shown was limited by its generator's own work, and another
/// transport takes far less of it; else it is hidden. A click says so; it changes nothing itself. made() says when it
/// appears. Thread: main.
class DirectOffer : public QPushButton
{
    Q_OBJECT
public:
    explicit DirectOffer(QWidget *parent = nullptr);
    void setView(const RunViewPtr &view);

Q_SIGNALS:
    void made();
};

} // namespace Headroom
