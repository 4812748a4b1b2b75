// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs its own event loop while a run is on: a heartbeat in the window's thread, and how long single
// events take. The charts, tables and the strip are all visible; the target takes 200 requests a second.
#include "tests/benchmarks/figures.h"
#include "tests/support/headroomprocess.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/runpage.h"
#include "ui/window/actions.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessiondesk.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

using namespace Headroom;

namespace {

constexpr auto kBeat = 4ms;
constexpr char kScenario[] = R"(headroom: 1
name: Window
target: { practice: {} }
flows:
  - name: mix
    steps:
      - { name: document, get: /documents/7 }
load:
  stages:
    - { name: steady, rate: 200/s, for: 40 s }
probes:
  target: { process: { practice: true } }
  queue: { json: /stats, value: $.queue_depth }
rules:
  - p95(document) < 2 s
)";

/// Notes how long every event took that was delivered straight from the event loop.
class TimedApplication final : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        QElapsedTimer timer;
        timer.start();
        ++m_depth;
        const bool isDone = QApplication::notify(receiver, event);
        --m_depth;
        longest = std::max(longest, Nanoseconds(timer.nsecsElapsed()));
        return isDone;
    }
    Nanoseconds longest{};

private:
    int m_depth = 0;
};

Nanoseconds quantile(std::vector<Nanoseconds> values, double share)
{
    std::ranges::sort(values);
    return values.empty() ? 0ns : values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

Result<void> measure(TimedApplication &application, Figures &figures)
{
    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    const auto newPath = [&folder](const QString &name) -> Result<QString> { return folder.filePath(name); };
    MainWindow window(settings, {targetProgram(), {}, newPath, {}});
    window.resize(1600, 1100);
    window.show();
    window.editor().load(kScenario);

    std::vector<Nanoseconds> lateness;
    auto due = std::chrono::steady_clock::now();
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    heart.setSingleShot(true);
    QObject::connect(&heart, &QTimer::timeout, [&] {
        const auto now = std::chrono::steady_clock::now();
        lateness.push_back(std::max(Nanoseconds(0), Nanoseconds(now - due)));
        due = now + kBeat;
        heart.start(kBeat);
    });
    QObject::connect(&window.page(), &RunPage::viewChanged, [&](const RunViewPtr &view) {
        if (view->lengthSeconds == 5.0) { // everything has been laid out and painted once
            application.longest = {};
            due = std::chrono::steady_clock::now() + kBeat;
            heart.start(kBeat);
        }
        if (view->lengthSeconds >= 35.0)
            QApplication::quit();
    });
    QTimer::singleShot(90s, &application, [] { QApplication::exit(1); });
    window.actions().start->trigger();
    if (QApplication::exec() != 0 || lateness.empty())
        return failure(Error::Code::Internal, QStringLiteral("the run in the window did not get to its 35th second"));
    figures.add("loop_late_p99", milliseconds(quantile(lateness, 0.99)), "ms", FigureBound::atMost(16.0));
    figures.add("loop_late_max", milliseconds(quantile(lateness, 1.0)), "ms");
    figures.add("longest_event", milliseconds(application.longest), "ms");
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");
    if (!qEnvironmentVariableIsSet("HEADROOM_BENCH_DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication::setStyle(QStringLiteral("Fusion"));
    TimedApplication application(argc, argv);
    QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    Figures figures("window");
    if (const auto measured = measure(application, figures); !measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}
