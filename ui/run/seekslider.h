// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSlider>

namespace Headroom {

/// A slider that goes where it is clicked, as people expect of a time line.
class SeekSlider : public QSlider
{
    Q_OBJECT
public:
    explicit SeekSlider(QWidget *parent = nullptr);

protected:
    void mousePressEvent(QMouseEvent *event) override;
};

} // namespace Headroom
