// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/ghostdesk.h"

#include "ui/charts/chartboard.h"
#include "ui/sessions/ghostjob.h"

#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

namespace Headroom {

GhostDesk::GhostDesk(Settings &settings, ChartBoard &charts, QWidget *window)
    : QObject(window)
    , m_settings(settings)
    , m_charts(charts)
    , m_window(window)
{
}

GhostDesk::~GhostDesk() { dropReading(); }

void GhostDesk::choose()
{
    auto *dialog = new QFileDialog(m_window, tr("Ghost Lines From Session"), m_settings.lastFolder(),
                                   tr("Sessions (*.headroom *.part);;All files (*)"));
    dialog->setObjectName(QStringLiteral("ghostDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_settings.setLastFolder(QFileInfo(path).absolutePath());
        lay(path);
    });
    dialog->open();
}

void GhostDesk::lay(const QString &session)
{
    dropReading();
    m_reading = std::make_unique<Watcher>();
    const int reading = ++m_readings; // an address may come again
    connect(m_reading.get(), &Watcher::progressValueChanged, this,
            [this](int value) { Q_EMIT progressed(double(value) / std::max(1, m_reading->progressMaximum())); });
    // Queued: the watcher must not be destroyed from within its own signal.
    connect(
        m_reading.get(), &Watcher::finished, this,
        [this, reading] {
            if (reading != m_readings || !m_reading)
                return;
            const Result<GhostLinesPtr> read = m_reading->future().result();
            dropReading();
            take(read);
        },
        Qt::QueuedConnection);
    m_reading->setFuture(readGhost(session));
    Q_EMIT changed();
}

void GhostDesk::take(const Result<GhostLinesPtr> &read)
{
    if (!read) {
        Q_EMIT changed();
        Q_EMIT failed(read.error());
        return;
    }
    m_charts.setGhost(*read);
    Q_EMIT changed();
    Q_EMIT laid(hasLines() ? tr("Pale behind the lines: %1").arg((*read)->name)
                           : tr("%1 has no line in common with what is shown").arg((*read)->name));
}

bool GhostDesk::hasLines() const
{
    const QStringList charts = m_charts.chartIds();
    return std::ranges::any_of(charts, [this](const QString &id) { return !m_charts.ghostLines(id).isEmpty(); });
}

void GhostDesk::remove()
{
    if (!isThere())
        return;
    dropReading();
    m_charts.setGhost(nullptr);
    Q_EMIT changed();
}

bool GhostDesk::isThere() const { return m_reading || m_charts.ghost(); }

void GhostDesk::dropReading()
{
    if (!m_reading)
        return;
    m_reading->disconnect(this);
    m_reading->cancel();
    m_reading.reset();
}

} // namespace Headroom
