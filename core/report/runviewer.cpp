// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/runviewer.h"

#include "core/metrics/trailingwindow.h"
#include "core/report/reportbuilder.h"

#include <QElapsedTimer>
#include <QMetaObject>
#include <QTimer>

#include <deque>

namespace Headroom {

namespace {

constexpr auto kViewEvery = std::chrono::milliseconds(200);
constexpr auto kPiece = std::chrono::milliseconds(50); // of work before the queue is asked for something newer
constexpr auto kTrailing = 10s;

} // namespace

/// Adds up frames in the viewer's thread and posts views to the viewer, which outlives it.
class RunViewer::Digester : public ThreadDoor
{
public:
    explicit Digester(RunViewer *viewer)
        : m_viewer(viewer)
        , m_laterShow(this)
    {
        m_laterShow.setSingleShot(true);
        m_laterShow.callOnTimeout(this, &Digester::show);
    }

    /// How far the source is with what it delivers.
    struct Standing
    {
        explicit Standing(const MetricsSource &source)
            : facts(source.facts())
            , isOver(source.isOver())
            , ending(source.ending())
        {
        }
        RunFactsPtr facts;
        bool isOver;
        std::optional<RunEnding> ending;
    };
    void add(const Standing &standing, const FramePtr &frame);
    void restart(const Standing &standing, std::vector<FramePtr> frames);

private:
    /// What one stretch of frames without a rewind adds up to.
    struct Sum
    {
        explicit Sum(RunFactsPtr facts)
            : facts(facts)
            , builder(std::move(facts))
        {
        }
        /// Until it is over the verdict says how the run stands, not that it is cut.
        void take(const Standing &standing)
        {
            builder.model().ending = standing.isOver ? standing.ending : RunEnding();
            builder.model().wasClosedCleanly = !standing.isOver || standing.ending;
        }
        RunFactsPtr facts;
        ReportBuilder builder;
        TrailingWindow trailing{kTrailing};
        std::size_t rowsShown = 0;
    };

    void digest();
    void digestLater();
    void digestOne(const MetricsFrame &frame);
    void showSoon();
    void show();
    std::vector<ReportModel::SeriesRow> takeNewRows();

    RunViewer *m_viewer;
    QTimer m_laterShow;
    QElapsedTimer m_sinceShown; // invalid: show as soon as possible
    std::unique_ptr<Sum> m_sum;
    std::deque<FramePtr> m_waiting;
    bool m_isDigestPosted = false;
};

void RunViewer::Digester::add(const Standing &standing, const FramePtr &frame)
{
    ASSERT_THREAD(this);
    if (!m_sum)
        m_sum = std::make_unique<Sum>(standing.facts);
    if (m_sum->facts != standing.facts) { // a hand has changed the rules
        m_sum->facts = standing.facts;
        m_sum->builder.setRules(standing.facts->rules);
    }
    m_sum->take(standing);
    m_waiting.push_back(frame);
    if (!m_isDigestPosted)
        digest();
}

void RunViewer::Digester::restart(const Standing &standing, std::vector<FramePtr> frames)
{
    ASSERT_THREAD(this);
    m_sum.reset();
    if (standing.facts) { // unknown as long as there never was a frame
        m_sum = std::make_unique<Sum>(standing.facts);
        m_sum->take(standing);
    }
    m_waiting.assign(std::make_move_iterator(frames.begin()), std::make_move_iterator(frames.end()));
    m_laterShow.stop();
    m_sinceShown.invalidate();
    beforeHandOver();
    QMetaObject::invokeMethod(m_viewer, &RunViewer::restarted, Qt::QueuedConnection);
    if (!m_isDigestPosted)
        digest();
}

/// A piece of the work; the rest is posted, so that a rewind in between is taken first.
void RunViewer::Digester::digest()
{
    m_isDigestPosted = false;
    QElapsedTimer working;
    working.start();
    while (!m_waiting.empty()) {
        if (thread()->isInterruptionRequested())
            return m_waiting.clear();
        digestOne(*m_waiting.front());
        m_waiting.pop_front();
        if (working.durationElapsed() >= kPiece && !m_waiting.empty())
            return digestLater();
    }
    if (m_sum)
        showSoon();
}

void RunViewer::Digester::digestLater()
{
    if (!m_sinceShown.isValid() || m_sinceShown.durationElapsed() >= kViewEvery)
        show();
    m_isDigestPosted = true;
    QMetaObject::invokeMethod(this, [this] { digest(); }, Qt::QueuedConnection);
}

void RunViewer::Digester::digestOne(const MetricsFrame &frame)
{
    // Damaged histograms are left out: whoever reads frames from a file has refused them before.
    (void)m_sum->builder.add(frame);
    m_sum->trailing.add(frame);
}

/// Everything is added up: at once, unless the last view was just before.
void RunViewer::Digester::showSoon()
{
    const Nanoseconds since = m_sinceShown.isValid() ? m_sinceShown.durationElapsed() : kViewEvery;
    if (since >= kViewEvery)
        show();
    else if (!m_laterShow.isActive())
        m_laterShow.start(std::chrono::ceil<std::chrono::milliseconds>(kViewEvery - since));
}

void RunViewer::Digester::show()
{
    m_laterShow.stop();
    m_sinceShown.start();
    ReportBuilder &builder = m_sum->builder;
    builder.judge();
    RunView view = viewOf(builder.model(), m_sum->facts);
    view.trailing = percentilesOf(m_sum->trailing.latencies()[LatencyKind::Response]);
    beforeHandOver();
    QMetaObject::invokeMethod(
        m_viewer,
        [viewer = m_viewer, view = std::make_shared<const RunView>(std::move(view)), rows = takeNewRows()] {
            Q_EMIT viewer->viewReady(view, rows);
        },
        Qt::QueuedConnection);
}

std::vector<ReportModel::SeriesRow> RunViewer::Digester::takeNewRows()
{
    const auto series = drawnRows(m_sum->builder.model().series);
    std::vector<ReportModel::SeriesRow> rows(series.begin() + std::ptrdiff_t(m_sum->rowsShown), series.end());
    m_sum->rowsShown = series.size();
    return rows;
}

RunViewer::RunViewer(MetricsSource &source)
    : m_thread(QStringLiteral("run viewer"))
    , m_digester(m_thread.make<Digester>(this))
{
    qRegisterMetaType<RunViewPtr>();
    qRegisterMetaType<std::vector<ReportModel::SeriesRow>>();
    connect(&source, &MetricsSource::frameReady, this, [this, &source](const FramePtr &frame) {
        beforeHandOver();
        QMetaObject::invokeMethod(
            m_digester, [to = m_digester, standing = Digester::Standing(source), frame] { to->add(standing, frame); },
            Qt::QueuedConnection);
    });
    connect(&source, &MetricsSource::rewound, this, [this, &source](const std::vector<FramePtr> &frames) {
        beforeHandOver();
        QMetaObject::invokeMethod(
            m_digester, [to = m_digester, standing = Digester::Standing(source), frames] { to->restart(standing, frames); },
            Qt::QueuedConnection);
    });
}

RunViewer::~RunViewer() { m_thread.thread()->requestInterruption(); }

} // namespace Headroom
