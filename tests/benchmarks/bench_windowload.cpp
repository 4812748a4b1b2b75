// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs the load that it shows: the same open load at half of what the direct transport can do, in
// turns by the headroom program and in a window with eight panels of charts.
#include "core/base/steadyclock.h"
#include "tests/benchmarks/benchserver.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/headroomload.h"
#include "tests/support/headroomprocess.h"
#include "ui/charts/chartboard.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/runpage.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessiondesk.h"

#include <QApplication>
#include <QEventLoop>
#include <QNetworkProxy>
#include <QTemporaryDir>
#include <QTimer>

#include <cmath>

using namespace Headroom;

namespace {

constexpr int kPanels = 8;
constexpr int kRounds = 3;
constexpr int kSeconds = 12;
constexpr auto kPatience = 60s; // for one run

/// The runs of one kind, added up.
struct Sum
{
    HdrHistogram service;
    double requests = 0.0;
    double seconds = 0.0;

    void add(const ReportModel &report)
    {
        service.merge(report.measured.latencies[LatencyKind::Service]);
        requests += double(report.measured.latencies.counts.requests);
        seconds += report.measured.lengthSeconds;
    }
    double perSecond() const { return requests / seconds; }
    double percentile(double quantile) const { return milliseconds(service.valueAtQuantile(quantile)); }
};

/// A main window with room for all its panels, whose runs are stored in a folder of its own.
class Workbench
{
public:
    Workbench()
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")))
        , m_window(m_settings,
                   {targetProgram(),
                    {},
                    [this](const QString &) -> Result<QString> {
                        return m_folder.filePath(QStringLiteral("%1.headroom").arg(++m_runs));
                    },
                    {}})
    {
        m_window.resize(1800, 1800);
        m_window.show();
        QObject::connect(&m_window.page(), &RunPage::chartsChanged, &m_window, [this] { showPanels(); });
    }

    Result<ReportModel> run(const QByteArray &scenario)
    {
        m_window.editor().load(scenario);
        QEventLoop loop;
        std::optional<Error> error =
            Error{Error::Code::Internal, QStringLiteral("the run in the window did not end"), {}};
        QString path;
        QObject::connect(&m_window.runs(), &RunDesk::finished, &loop,
                         [&](const QString &session, const std::optional<Error> &end) {
                             path = session;
                             error = end;
                             loop.quit();
                         });
        QTimer::singleShot(kPatience, &loop, &QEventLoop::quit);
        m_window.actions().start->trigger();
        loop.exec();
        if (error)
            return std::unexpected(*error);
        const auto session = SessionReader::open(path);
        return session ? buildReport(**session) : std::unexpected(session.error());
    }

    int visiblePanels() const
    {
        const ChartBoard &charts = m_window.page().charts();
        const QStringList ids = charts.chartIds();
        return int(std::ranges::count_if(ids, [&](const QString &id) { return charts.isChartVisible(id); }));
    }

private:
    void showPanels()
    {
        ChartBoard &charts = m_window.page().charts();
        int shown = 0;
        for (const QString &id : charts.chartIds())
            charts.setChartVisible(id, shown++ < kPanels);
    }

    QTemporaryDir m_folder;
    int m_runs = 0;
    Settings m_settings;
    MainWindow m_window;
};

Result<void> measure(Figures &figures)
{
    BenchServer server;
    if (const auto started = server.start(); !started)
        return started;
    HeadroomProgram program;
    HeadroomLoad load{.url = server.url(), .workers = 0};
    const auto ceiling = measureCeiling(program, load);
    if (!ceiling)
        return std::unexpected(ceiling.error());
    const double rate = std::floor(ceiling->rate / 2.0);
    load.load = openLoad(rate, kSeconds);
    load.rest = "probes: { target: { process: { port: " + QByteArray::number(server.url().port()) + " } } }\n";
    Workbench workbench;
    Sum headless;
    Sum shown;
    for (int round = 0; round < kRounds; ++round) {
        const auto alone = program.runAndRead(load);
        if (!alone)
            return std::unexpected(alone.error());
        headless.add(*alone);
        const auto inWindow = workbench.run(scenarioText(load));
        if (!inWindow)
            return std::unexpected(inWindow.error());
        shown.add(*inWindow);
    }
    figures.add("panels", workbench.visiblePanels(), "panels", FigureBound::exactly(kPanels));
    figures.add("planned", rate, "requests/s");
    figures.add("headless.rate", headless.perSecond(), "requests/s");
    figures.add("window.rate", shown.perSecond(), "requests/s");
    figures.add("window.rate.off", 100.0 * std::abs(shown.perSecond() / rate - 1.0), "%", FigureBound::atMost(1.0));
    figures.add("headless.service.p50", headless.percentile(0.5), "ms");
    figures.add("window.service.p50", shown.percentile(0.5), "ms");
    figures.add("headless.service.p99", headless.percentile(0.99), "ms");
    figures.add("window.service.p99", shown.percentile(0.99), "ms");
    figures.add("window.service.p99.off", 100.0 * (shown.percentile(0.99) / headless.percentile(0.99) - 1.0), "%",
                FigureBound::atMost(5.0));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");
    askForShortSlices(); // as the window's own program
    if (!qEnvironmentVariableIsSet("HEADROOM_BENCH_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication::setStyle(QStringLiteral("Fusion"));
    const QApplication application(argc, argv);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    Figures figures("windowload");
    if (const auto measured = measure(figures); !measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}
