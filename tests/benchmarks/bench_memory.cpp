// SPDX-License-Identifier: GPL-3.0-or-later
// Does a long run keep its memory? The headroom program itself puts load on nginx, and the memory of its process is read
// every second: over QNetworkAccessManager 60 % of what it can do there, on the direct transport 20,000 requests a second.
// HEADROOM_BENCH_MINUTES shortens both from the ten minutes that count.
#include "tests/benchmarks/benchserver.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/headroomload.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/benchmarks/processmemory.h"
#include "tests/support/headroomprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Headroom;

namespace {

constexpr double kShareOfCeiling = 0.6;
constexpr double kDirectRate = 20'000.0; // requests/s
constexpr double kGrowthLimit = 2.0; // MiB, from the second minute to the last
constexpr double kMiB = 1024.0 * 1024.0;

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values.empty() ? 0.0 : values[values.size() / 2];
}

void compare(Figures &figures, const QByteArray &transport, const std::vector<double> &sizes)
{
    const auto minute = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        return medianOf({sizes.begin() + std::max<std::ptrdiff_t>(0, from),
                         sizes.begin() + std::max<std::ptrdiff_t>(0, to)}) / kMiB;
    };
    const auto seconds = std::ptrdiff_t(sizes.size());
    const auto part = std::min<std::ptrdiff_t>(60, seconds / 4);
    const double early = minute(part, 2 * part);
    const double late = minute(seconds - part - 3, seconds - 3); // without the end, when all is written
    figures.add(transport + ".second_minute", early, "MiB");
    figures.add(transport + ".last_minute", late, "MiB");
    figures.add(transport + ".growth", late - early, "MiB", FigureBound::atMost(kGrowthLimit));
}

int minutesToRun()
{
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("HEADROOM_BENCH_MINUTES", &isGiven);
    return isGiven ? std::clamp(given, 1, 60) : 10;
}

Result<double> rateFor(const QByteArray &transport, const QUrl &url, Figures &figures)
{
    if (transport == "direct")
        return kDirectRate;
    HeadroomProgram program;
    const auto ceiling = measureCeiling(program, {.url = url, .transport = transport});
    if (!ceiling)
        return std::unexpected(ceiling.error());
    figures.add(transport + ".ceiling", ceiling->rate, "requests/s", FigureBound::atLeast(100));
    return kShareOfCeiling * ceiling->rate;
}

Result<void> measure(Figures &figures, const QByteArray &transport)
{
    const int minutes = minutesToRun();
    BenchServer server;
    if (const auto started = server.start(); !started)
        return started;
    const auto rate = rateFor(transport, server.url(), figures);
    if (!rate)
        return std::unexpected(rate.error());
    HeadroomProgram program;
    const QByteArray load = openLoad(*rate, minutes * 60); // of as many users as the ceiling is of
    const auto arguments = program.prepare({.url = server.url(), .transport = transport, .load = load});
    if (!arguments)
        return std::unexpected(arguments.error());
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(headroomProgram(), *arguments);
    if (!process.waitForStarted())
        return failure(Error::Code::NotFound, QStringLiteral("headroom did not start"));
    compare(figures, transport, watchMemory(process, std::chrono::seconds(1)));
    QFile report(program.reportPath());
    if (!report.open(QIODevice::ReadOnly))
        return failure(Error::Code::Internal, QString::fromUtf8(process.readAll()).trimmed(), QStringLiteral("headroom"));
    const QJsonObject totals = QJsonDocument::fromJson(report.readAll())[QLatin1String("totals")].toObject();
    figures.add(transport + ".minutes", minutes, "min", FigureBound::atLeast(10).later());
    figures.add(transport + ".requests", totals[QLatin1String("requests")].toDouble(), "requests",
                FigureBound::atLeast(*rate * minutes * 60 * 0.98));
    figures.add(transport + ".failed", totals[QLatin1String("errors")].toDouble(), "requests", FigureBound::exactly(0));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    Figures figures("memory");
    for (const char *transport : {"qnam", "direct"}) {
        if (const auto measured = measure(figures, transport); !measured)
            figures.addFailure(measured.error());
    }
    return figures.conclude();
}
