// SPDX-License-Identifier: GPL-3.0-or-later
// Does a long run keep its memory? The headroom program itself puts 60 % of what it can do on nginx, and the memory of
// its process is read every second. HEADROOM_BENCH_MINUTES shortens it from the ten minutes that count.
#include "core/base/steadyclock.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/nginxserver.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>

#include <unistd.h>

using namespace Headroom;

namespace {

constexpr double kShareOfCeiling = 0.6;
constexpr double kGrowthLimit = 2.0; // MiB, from the second minute to the last

double residentMiB(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0.0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

QJsonObject reportIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// Requests per second that fifty users get through.
double measuredCeiling(const QUrl &url, const QString &folder)
{
    const QString report = folder + QStringLiteral("/ceiling.json");
    runHeadroom({QStringLiteral("run"), url.toString(), QStringLiteral("--users"), QStringLiteral("50"),
                 QStringLiteral("--duration"), QStringLiteral("5s"), QStringLiteral("--report"),
                 QStringLiteral("json=") + report, QStringLiteral("--progress"), QStringLiteral("none")},
                folder);
    return reportIn(report)[QLatin1String("measured")][QLatin1String("rate_per_s")].toDouble();
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0.0 : values[values.size() / 2];
}

/// The process' memory once a second until it ends.
std::vector<double> watch(QProcess &process)
{
    std::vector<double> sizes;
    while (!process.waitForFinished(1000) && process.state() == QProcess::Running)
        sizes.push_back(residentMiB(process.processId()));
    return sizes;
}

void compare(Figures &figures, const std::vector<double> &sizes)
{
    const auto minute = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        return medianOf(
            {sizes.begin() + std::max<std::ptrdiff_t>(0, from), sizes.begin() + std::max<std::ptrdiff_t>(0, to)});
    };
    const auto seconds = std::ptrdiff_t(sizes.size());
    const auto part = std::min<std::ptrdiff_t>(60, seconds / 4);
    figures.add("second_minute", minute(part, 2 * part), "MiB");
    figures.add("last_minute", minute(seconds - part - 3, seconds - 3), "MiB"); // without the end, when all is written
    figures.add("growth", minute(seconds - part - 3, seconds - 3) - minute(part, 2 * part), "MiB",
                FigureBound::atMost(kGrowthLimit));
}

Result<void> measure(Figures &figures)
{
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("HEADROOM_BENCH_MINUTES", &isGiven);
    const int minutes = isGiven ? std::clamp(given, 1, 60) : 10;
    NginxServer nginx;
    if (const auto started = nginx.start(QStringLiteral("access_log off; keepalive_requests 1000000000;")); !started)
        return started;
    QTemporaryDir folder;
    const double ceiling = measuredCeiling(nginx.url(), folder.path());
    figures.add("ceiling", ceiling, "requests/s", FigureBound::atLeast(100));
    const QString report = folder.filePath(QStringLiteral("long.json"));
    QProcess process;
    process.setWorkingDirectory(folder.path());
    process.start(headroomProgram(),
                  {QStringLiteral("run"), nginx.url().toString(), QStringLiteral("--rate"),
                   QStringLiteral("%1/s").arg(qRound(ceiling * kShareOfCeiling)), QStringLiteral("--duration"),
                   QStringLiteral("%1min").arg(minutes), QStringLiteral("--report"), QStringLiteral("json=") + report,
                   QStringLiteral("--progress"), QStringLiteral("none")});
    if (!process.waitForStarted())
        return failure(Error::Code::NotFound, QStringLiteral("headroom did not start"));
    compare(figures, watch(process));
    figures.add("minutes", minutes, "min", FigureBound::atLeast(10).later());
    figures.add("requests", reportIn(report)[QLatin1String("totals")][QLatin1String("requests")].toDouble(), "requests",
                FigureBound::atLeast(ceiling * kShareOfCeiling * minutes * 60 * 0.98));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    Figures figures("memory");
    if (const auto measured = measure(figures); !measured)
        figures.addFailure(measured.error());
    return figures.exitCode();
}
