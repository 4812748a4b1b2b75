// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/settings/settings.h"

#include <QObject>

#include <functional>

namespace Headroom {

/// The scenario in the editor as a file: its name, loading and saving, and the question before changes get lost.
/// Thread: main. The editor, whose window the dialogs belong to, and the settings must outlive it.
class ScenarioFile : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kMaxBytes = 10 << 20; ///< Larger files are refused before they are read.

    ScenarioFile(ScenarioEditor &editor, Settings &settings, QObject *parent = nullptr);

    QString path() const { return m_path; } ///< Empty while it has none.
    QString displayName() const;
    QString fileName() const { return m_name; } ///< Without folder; empty for a new one.

    /// Errors: NotFound, Unreadable, InvalidInput (too large); the editor then keeps what it has.
    Result<void> load(const QString &path);
    /// A text that has no file yet: bundled, or new.
    void loadText(const QByteArray &text, const QString &name);
    /// Errors: Unwritable; an existing file is then untouched.
    Result<void> saveTo(const QString &path);

    using Next = std::function<void()>;
    void save(const Next &next = {}); ///< Asks for a name when it has none; `next` follows when it is saved.
    void saveAs(const Next &next = {});
    /// Asks when there are changes; `next` follows when they are saved or may be lost.
    void beforeLosingChanges(const Next &next);

Q_SIGNALS:
    void nameChanged();
    void loaded(); ///< Another text is there, or the same once more.
    void failed(const Headroom::Error &error);

private:
    void become(const QString &path, const QString &name);

    ScenarioEditor &m_editor;
    Settings &m_settings;
    QString m_path;
    QString m_name;
};

} // namespace Headroom
