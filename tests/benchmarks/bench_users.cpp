// SPDX-License-Identifier: GPL-3.0-or-later
// Many users in one process of the direct transport, each with a connection that is kept while it thinks: what one
// takes of memory, and how soon all are there. All of them begin at once.
#include "core/base/descriptorlimit.h"
#include "tests/benchmarks/benchserver.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/headroomload.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/benchmarks/processmemory.h"
#include "tests/support/headroomprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Headroom;

namespace {

constexpr int kUsers = 10'000;
constexpr int kUsersAcross = 30'000; // more than the ports of one pair of addresses, which are 28,232 by default
constexpr int kOtherDescriptors = 200; // of program or server: files, libraries, listeners, event queues
constexpr int kSeconds = 20;

struct Crowd
{
    double mostBytes = 0.0;
    double most = 0.0; ///< Connections at once.
    double reachedAfter = -1.0; ///< Seconds until all were connected; below 0: never.
    double failed = 0.0;
};

Crowd readCrowd(const QJsonObject &report, int users)
{
    Crowd crowd;
    crowd.failed = report[QLatin1String("totals")][QLatin1String("errors")].toDouble();
    const QJsonValue series = report[QLatin1String("series")];
    const QJsonArray connections = series[QLatin1String("connections")].toArray();
    for (qsizetype second = 0; second < connections.size(); ++second) {
        const double count = connections[second].toDouble();
        crowd.most = std::max(crowd.most, count);
        if (count >= users && crowd.reachedAfter < 0.0)
            crowd.reachedAfter = series[QLatin1String("t_s")][second].toDouble() + 1.0; // counted at its end
    }
    return crowd;
}

/// So many users on a server of their own: its port has no connections of before that still wait for their end.
Result<Crowd> gather(int users, const QByteArray &targetFields)
{
    BenchServer server;
    if (const auto started = server.start(); !started)
        return std::unexpected(started.error());
    HeadroomProgram program;
    const auto arguments = program.prepare({.url = server.url(),
                                            .targetFields = targetFields,
                                            .think = "3 s to 9 s",
                                            .load = closedLoad(users, kSeconds)});
    if (!arguments)
        return std::unexpected(arguments.error());
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(headroomProgram(), *arguments);
    if (!process.waitForStarted())
        return failure(Error::Code::NotFound, QStringLiteral("headroom did not start"));
    const std::vector<double> sizes = watchMemory(process, std::chrono::milliseconds(100));
    QFile file(program.reportPath());
    if (!file.open(QIODevice::ReadOnly) || sizes.empty()) {
        return failure(
            Error::Code::Internal,
            QStringLiteral("headroom wrote no report, but: %1").arg(QString::fromUtf8(process.readAll()).trimmed()));
    }
    Crowd crowd = readCrowd(QJsonDocument::fromJson(file.readAll()).object(), users);
    crowd.mostBytes = *std::ranges::max_element(sizes);
    return crowd;
}

Result<void> measureMany(Figures &figures)
{
    const auto one = gather(1, {});
    if (!one)
        return std::unexpected(one.error());
    const auto many = gather(kUsers, {});
    if (!many)
        return std::unexpected(many.error());
    figures.add("1.memory", one->mostBytes / 1e6, "MB");
    figures.add("10000.memory", many->mostBytes / 1e6, "MB");
    figures.add("10000.memory_each", (many->mostBytes - one->mostBytes) / 1e3 / (kUsers - 1), "kB",
                FigureBound::atMost(20.0));
    figures.add("10000.connections", many->most, "connections", FigureBound::atLeast(kUsers));
    figures.add("10000.reached_after", many->reachedAfter < 0.0 ? NAN : many->reachedAfter, "s",
                FigureBound::atMost(10.0));
    figures.add("10000.failed", many->failed, "requests", FigureBound::exactly(0));
    return {};
}

/// More than the ports of one address: the connections come from several.
Result<void> measureAcross(Figures &figures, int descriptors)
{
    const int users = std::min(kUsersAcross, descriptors - kOtherDescriptors);
    if (users < kUsersAcross) {
        figures.addNote(
            QStringLiteral("this machine allows a process %1 open files, so %2 users are measured instead of "
                           "%3; raise the hard limit (ulimit -Hn) for all of them")
                .arg(descriptors)
                .arg(users)
                .arg(kUsersAcross));
    }
    const auto many = gather(users, "connection: { from: [127.0.0.2, 127.0.0.3, 127.0.0.4] }");
    if (!many)
        return std::unexpected(many.error());
    figures.add("across.users", users, "users", FigureBound::atLeast(kUsersAcross).later());
    figures.add("across.connections", many->most, "connections", FigureBound::atLeast(users));
    figures.add("across.memory", many->mostBytes / 1e6, "MB");
    figures.add("across.reached_after", many->reachedAfter < 0.0 ? NAN : many->reachedAfter, "s");
    figures.add("across.failed", many->failed, "requests", FigureBound::exactly(0));
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    raiseDescriptorLimit();
    Figures figures("users");
    if (const auto measured = measureMany(figures); !measured)
        figures.addFailure(measured.error());
    if (const auto measured = measureAcross(figures, descriptorLimit()); !measured)
        figures.addFailure(measured.error());
    return figures.conclude();
}
