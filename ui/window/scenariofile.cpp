// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/scenariofile.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSaveFile>

namespace Headroom {

ScenarioFile::ScenarioFile(ScenarioEditor &editor, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_settings(settings)
{
}

QString ScenarioFile::displayName() const { return m_name.isEmpty() ? tr("untitled.yaml") : m_name; }

void ScenarioFile::become(const QString &path, const QString &name)
{
    m_path = path;
    m_name = name;
    if (!path.isEmpty()) {
        m_settings.addRecentFile(path);
        m_settings.setLastFolder(QFileInfo(path).absolutePath());
    }
    Q_EMIT nameChanged();
}

Result<void> ScenarioFile::load(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return failure(Error::Code::NotFound, tr("there is no such file"), path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(Error::Code::Unreadable, tr("it cannot be read: %1").arg(file.errorString()), path);
    if (file.size() > kMaxBytes)
        return failure(Error::Code::InvalidInput, tr("it is larger than 10 MiB and so no scenario"), path);
    m_editor.load(file.readAll());
    become(QFileInfo(path).absoluteFilePath(), QFileInfo(path).fileName());
    Q_EMIT loaded();
    return {};
}

void ScenarioFile::loadText(const QByteArray &text, const QString &name)
{
    m_editor.load(text);
    become({}, name);
    Q_EMIT loaded();
}

Result<void> ScenarioFile::saveTo(const QString &path)
{
    const QByteArray text = m_editor.text();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return failure(Error::Code::Unwritable, tr("it cannot be written: %1").arg(file.errorString()), path);
    m_editor.setModified(false);
    become(QFileInfo(path).absoluteFilePath(), QFileInfo(path).fileName());
    return {};
}

void ScenarioFile::save(const Next &next)
{
    if (m_path.isEmpty()) {
        saveAs(next);
        return;
    }
    if (const Result<void> saved = saveTo(m_path); !saved)
        Q_EMIT failed(saved.error());
    else if (next)
        next();
}

void ScenarioFile::saveAs(const Next &next)
{
    const QString name = m_settings.lastFolder() + QLatin1Char('/') + displayName();
    auto *dialog =
        new QFileDialog(m_editor.window(), tr("Save Scenario"), name, tr("Scenarios (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, next](const QString &path) {
        if (const Result<void> saved = saveTo(path); !saved)
            Q_EMIT failed(saved.error());
        else if (next)
            next();
    });
    dialog->open();
}

void ScenarioFile::beforeLosingChanges(const Next &next)
{
    if (!m_editor.isModified()) {
        next();
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Question, tr("Headroom"),
                                tr("The scenario '%1' has changes that are not saved.").arg(displayName()),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_editor.window());
    box->setObjectName(QStringLiteral("unsavedQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, next](int answer) {
        if (answer == QMessageBox::Save)
            save(next);
        else if (answer == QMessageBox::Discard)
            next();
    });
    box->open();
}

} // namespace Headroom
