// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sessiondesk.h"

#include "ui/sessions/sessionjobs.h"

#include <QFileDialog>
#include <QFileInfo>

namespace Headroom {

SessionDesk::SessionDesk(Settings &settings, QWidget *window)
    : QObject(window)
    , m_settings(settings)
    , m_window(window)
{
}

SessionDesk::~SessionDesk() = default;

void SessionDesk::open(const QString &path)
{
    m_loading = std::make_unique<SessionReplayer>(m_clock);
    const SessionReplayer *loading = m_loading.get();
    const int opening = ++m_openings; // an address may come again
    connect(loading, &SessionReplayer::progressed, this, &SessionDesk::progressed);
    // Queued: a replay must not be destroyed from within its own signal.
    connect(
        loading, &SessionReplayer::failed, this,
        [this, opening](const Error &error) {
            if (opening != m_openings)
                return;
            m_loading.reset();
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
    connect(
        loading, &SessionReplayer::loaded, this,
        [this, opening, path] {
            if (opening != m_openings)
                return; // another one was opened meanwhile
            const std::unique_ptr<SessionReplayer> before = std::exchange(m_replayer, std::move(m_loading));
            m_path = path;
            m_settings.addRecentFile(path);
            Q_EMIT shownChanged();
            Q_EMIT opened(m_replayer.get());
        },
        Qt::QueuedConnection);
    m_loading->open(path);
}

void SessionDesk::dropOpening()
{
    ++m_openings;
    m_loading.reset();
}

void SessionDesk::close()
{
    dropOpening();
    if (!m_replayer)
        return;
    m_path.clear();
    const std::unique_ptr<SessionReplayer> before = std::move(m_replayer);
    Q_EMIT shownChanged();
    Q_EMIT closed();
}

void SessionDesk::saveTo(const QString &path)
{
    report(copySession(m_path, path), tr("Session saved as %1").arg(path));
}

void SessionDesk::exportTo(const QString &path)
{
    report(Headroom::exportReport(m_path, path), tr("Report written to %1").arg(path));
}

void SessionDesk::report(QFuture<Result<void>> job, const QString &sentence)
{
    job.then(this, [this, sentence](const Result<void> &result) {
        if (result)
            Q_EMIT done(sentence);
        else
            Q_EMIT failed(result.error());
    });
}

void SessionDesk::saveAs()
{
    askWhere(tr("Save Session"), QFileInfo(m_path).fileName(), tr("Sessions (*.headroom)"),
             [this](const QString &path) { saveTo(path); });
}

void SessionDesk::exportReport()
{
    const QString name = QFileInfo(m_path).completeBaseName() + QStringLiteral(".html");
    askWhere(tr("Export Report"), name, tr("To read and sign (*.html);;Data (*.json)"),
             [this](const QString &path) { exportTo(path); });
}

void SessionDesk::saveAttachmentAs(std::size_t index, const QString &name)
{
    askWhere(tr("Save Attachment"), name, tr("All files (*)"), [this, index](const QString &path) {
        report(saveAttachment(m_path, index, path), tr("Attachment saved as %1").arg(path));
    });
}

void SessionDesk::saveBytesAs(const QByteArray &bytes, const QString &name)
{
    askWhere(tr("Save Attachment"), name, tr("All files (*)"), [this, bytes](const QString &path) {
        report(saveBytes(bytes, path), tr("Attachment saved as %1").arg(path));
    });
}

void SessionDesk::askWhere(const QString &title, const QString &suggestion, const QString &filter,
                           const std::function<void(const QString &)> &act)
{
    auto *dialog = new QFileDialog(m_window, title, m_settings.lastFolder() + QLatin1Char('/') + suggestion, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(suggestion).suffix());
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &chosen) {
        dialog->setDefaultSuffix(chosen.section(QLatin1String("*."), 1).section(QLatin1Char(')'), 0, 0));
    });
    connect(this, &SessionDesk::shownChanged, dialog, &QDialog::reject); // it was asked about another session
    connect(dialog, &QFileDialog::fileSelected, this, [this, act](const QString &path) {
        m_settings.setLastFolder(QFileInfo(path).absolutePath());
        act(path);
    });
    dialog->open();
}

} // namespace Headroom
