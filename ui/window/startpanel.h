// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/settings.h"

#include <QWidget>

class QVBoxLayout;

namespace Headroom {

class Actions;

/// What the window shows before anything was run: the ways to begin, and the files of last time. Thread: main.
class StartPanel : public QWidget
{
    Q_OBJECT
public:
    StartPanel(const Actions &actions, const Settings &settings, QWidget *parent = nullptr);

Q_SIGNALS:
    void fileWanted(const QString &path);

private:
    void addWay(QAction *action, const QString &description);
    void addFile(const QString &path);
    QVBoxLayout *m_column;
};

} // namespace Headroom
