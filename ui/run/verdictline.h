// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/runview.h"
#include "ui/theme/theme.h"

#include <QLabel>

namespace Headroom {

/// The verdict as it stands, with every reason in words: why rules do not hold, why the run is not valid, what to mind.
class VerdictLine : public QLabel
{
    Q_OBJECT
public:
    explicit VerdictLine(QWidget *parent = nullptr);
    void setView(const RunViewPtr &view); ///< Null: empty and hidden.
};

} // namespace Headroom
