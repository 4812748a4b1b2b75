// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/steadyclock.h"
#include "core/session/sessionreplayer.h"
#include "ui/settings/settings.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

class QWidget;

namespace Headroom {

/// The saved session that is shown: opened, replayed, copied elsewhere, exported. Thread: main.
class SessionDesk : public QObject
{
    Q_OBJECT
public:
    /// Dialogs belong to `window`; window and settings must outlive it.
    SessionDesk(Settings &settings, QWidget *window);
    ~SessionDesk() override;

    /// Reads it in the background; opened() or failed() follows, and until then the session before stays.
    void open(const QString &path);
    /// What is being opened is not wanted any more; what is shown stays.
    void dropOpening();
    /// The live run's turn: no session is shown any more.
    void close();
    QString path() const { return m_path; } ///< Empty while none is shown.
    SessionReplayer *replayer() const { return m_replayer.get(); }

    void saveAs(); ///< Asks where.
    void exportReport(); ///< Asks where and as what.
    void saveAttachmentAs(std::size_t index, const QString &name); ///< Asks where.
    void saveBytesAs(const QByteArray &bytes, const QString &name); ///< Of a run that is on. Asks where.
    void saveTo(const QString &path);
    void exportTo(const QString &path);

Q_SIGNALS:
    void progressed(double share);
    /// Whoever shows the one before must let go of it now.
    void opened(Headroom::SessionReplayer *replayer);
    void closed();
    void shownChanged(); ///< Before opened() or closed().
    void failed(const Headroom::Error &error);
    void done(const QString &sentence); ///< For the status bar.

private:
    void askWhere(const QString &title, const QString &suggestion, const QString &filter,
                  const std::function<void(const QString &)> &act);
    void report(QFuture<Result<void>> job, const QString &sentence);

    Settings &m_settings;
    QWidget *m_window;
    SteadyClock m_clock;
    std::unique_ptr<SessionReplayer> m_replayer;
    std::unique_ptr<SessionReplayer> m_loading;
    QString m_path;
    int m_openings = 0;
};

} // namespace Headroom
