// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sessions/ghostjob.h"

#include "core/report/reportbuilder.h"
#include "core/report/terminaltext.h"
#include "core/session/sessionreader.h"
#include "ui/charts/runcharts.h"

#include <QCoreApplication>
#include <QPromise>
#include <QtConcurrentRun>

#include <algorithm>

namespace Headroom {

namespace {

using GhostPromise = QPromise<Result<GhostLinesPtr>>;

constexpr int kProgressSteps = 100;
constexpr int kNameColumns = 60; // what a legend has room for

struct GhostTexts
{
    Q_DECLARE_TR_FUNCTIONS(GhostTexts)
};

/// The rows of a run's charts, as the window draws them: without a last one of less than a second (drawnRows()).
class RowMaker
{
public:
    RowMaker(const RunFactsPtr &facts, std::size_t columns)
        : m_facts(facts)
        , m_builder(facts)
        , m_rows(columns)
    {
    }

    Result<void> add(const MetricsFrame &frame)
    {
        if (const Result<void> added = m_builder.add(frame); !added)
            return added;
        // Taken out of the model at once: a long session has more of them than memory should hold.
        std::vector<ReportModel::SeriesRow> made = std::exchange(m_builder.model().series, {});
        for (ReportModel::SeriesRow &row : made) {
            put();
            m_last = std::move(row);
        }
        return {};
    }

    SeriesStore finish()
    {
        if (m_last && (m_last->lengthSeconds >= 1.0 || m_rows.isEmpty()))
            put();
        return std::move(m_rows);
    }

private:
    void put()
    {
        if (m_last)
            m_rows.append(m_last->second, chartValues(*m_last, *m_facts));
    }

    RunFactsPtr m_facts;
    ReportBuilder m_builder;
    SeriesStore m_rows;
    std::optional<ReportModel::SeriesRow> m_last;
};

Result<GhostLinesPtr> ghostOf(GhostPromise &promise, const QString &path)
{
    const auto reader = SessionReader::open(path);
    if (!reader)
        return std::unexpected(reader.error());
    const SessionReader &session = **reader;
    RunCharts charts = chartsOf(*session.facts(), {});
    std::ranges::move(charts.others, std::back_inserter(charts.charts)); // their lines may have been added to others
    RowMaker rows(session.facts(), charts.columns);
    Result<void> added;
    int frames = 0;
    const Result<void> done = session.forEachFrame([&](const FramePtr &frame) {
        added = rows.add(*frame);
        promise.setProgressValue(kProgressSteps * ++frames / std::max(1, session.frameCount()));
        return added && !promise.isCanceled();
    });
    if (!done || !added)
        return std::unexpected(done ? added.error() : done.error());
    auto ghost = std::make_shared<GhostLines>(ghostName(session.head(), QDateTime::currentDateTime()),
                                              std::move(charts.charts), rows.finish());
    if (ghost->rows.isEmpty())
        return failure(Error::Code::InvalidInput, GhostTexts::tr("the session holds no second of its run"), path);
    return ghost;
}

void readNow(GhostPromise &promise, const QString &path)
{
    promise.setProgressRange(0, kProgressSteps);
    promise.addResult(ghostOf(promise, path));
}

} // namespace

QFuture<Result<GhostLinesPtr>> readGhost(const QString &session) { return QtConcurrent::run(readNow, session); }

QString ghostName(const SessionHead &head, const QDateTime &now)
{
    const QDateTime start = QDateTime::fromMSecsSinceEpoch(head.startedAtMs);
    const QString format = start.date() == now.date() ? QStringLiteral("HH:mm") : QStringLiteral("yyyy-MM-dd HH:mm");
    QString name = head.facts.name;
    if (!head.facts.profiles.isEmpty())
        name += QStringLiteral(" (%1)").arg(head.facts.profiles.join(QLatin1String(", ")));
    return QStringLiteral("%1, %2").arg(shortened(cleaned(name), kNameColumns), start.toString(format));
}

} // namespace Headroom
