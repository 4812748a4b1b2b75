// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/startpanel.h"

#include "ui/window/actions.h"

#include <QCommandLinkButton>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace Headroom {

namespace {

constexpr qsizetype kMostFiles = 5;

QString plainButtonText(QString text) { return text.replace(QLatin1Char('&'), QLatin1String("&&")); }

} // namespace

StartPanel::StartPanel(const Actions &actions, const Settings &settings, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("startPanel"));
    auto *row = new QHBoxLayout(this);
    row->addStretch(1);
    m_column = new QVBoxLayout;
    row->addLayout(m_column, 2);
    row->addStretch(1);
    m_column->addStretch(1);
    auto *title = new QLabel(tr("Headroom"), this);
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 2);
    title->setFont(font);
    m_column->addWidget(title);
    m_column->addWidget(new QLabel(tr("Put load on an HTTP service and see how it takes it."), this));
    addWay(actions.firstRun,
           tr("Half a minute of load on a small service that comes with Headroom; nothing else is touched."));
    addWay(actions.focusUrl, tr("A URL, a rate and a duration: no scenario needed."));
    addWay(actions.open, tr("A scenario to run or a session to look at."));
    const QStringList files = settings.recentFiles();
    if (!files.isEmpty())
        m_column->addWidget(new QLabel(tr("Recent files"), this));
    for (const QString &path : files.first(std::min(files.size(), kMostFiles)))
        addFile(path);
    m_column->addStretch(2);
}

void StartPanel::addWay(QAction *action, const QString &description)
{
    auto *button = new QCommandLinkButton(action->text(), description, this);
    button->setObjectName(QStringLiteral("way.") + action->objectName());
    button->setIcon(action->icon());
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    m_column->addWidget(button);
}

void StartPanel::addFile(const QString &path)
{
    auto *button = new QCommandLinkButton(plainButtonText(QFileInfo(path).fileName()),
                                          plainButtonText(QFileInfo(path).absolutePath()), this);
    button->setObjectName(QStringLiteral("recentFile"));
    connect(button, &QAbstractButton::clicked, this, [this, path] { Q_EMIT fileWanted(path); });
    m_column->addWidget(button);
}

} // namespace Headroom
