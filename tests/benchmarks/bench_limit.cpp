// SPDX-License-Identifier: GPL-3.0-or-later
// Does a search find the limit? The practice target's capacity is known: W workers and a constant service time s make
// W / s. Arrivals are even, so up to there nothing waits, and beyond it everything waits longer and longer.
#include "core/report/reportmodel.h"
#include "core/run/run.h"
#include "tests/benchmarks/figures.h"
#include "tests/benchmarks/loadrun.h"
#include "tests/support/targetprocess.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>

using namespace Headroom;

namespace {

struct Case
{
    const char *name;
    int workers;
    int milliseconds; ///< Of service.
    double capacity() const { return workers * 1000.0 / milliseconds; }
};

constexpr Case kCases[]{{"1x5ms", 1, 5}, {"4x20ms", 4, 20}, {"8x20ms", 8, 20}};

/// Planned at half of the capacity; judged by three times the service time.
QByteArray scenarioFor(const Case &one, const QUrl &target)
{
    return QStringLiteral(
               "headroom: 1\nname: limit\ntarget: { url: '%1' }\nflows: [ { steps: [ { get: /documents/17 } ] } ]\n"
               "load: { rate: %2/s, users: 1000, find_limit: { hold: 6 s, confirm: 15 s, within: 3 % } }\n"
               "rules: [ p95 < %3 ms, errors < 1 % ]\n")
        .arg(target.toString())
        .arg(0.5 * one.capacity())
        .arg(3 * one.milliseconds)
        .toUtf8();
}

Result<ReportModel> search(const QByteArray &scenario, const QString &sessionPath)
{
    auto preparation = prepare(scenario);
    if (!preparation)
        return failure(Error::Code::InvalidInput, preparation.error().front().message);
    RunRequest request;
    request.scenarioText = scenario;
    request.sessionPath = sessionPath;
    Run run(std::move(request), std::move(*preparation));
    std::optional<Error> problem;
    QEventLoop loop;
    QObject::connect(&run, &Run::finished, &loop, [&](const std::optional<Error> &error) {
        problem = error;
        loop.quit();
    });
    run.start();
    loop.exec();
    if (problem)
        return std::unexpected(*problem);
    const auto session = SessionReader::open(sessionPath);
    return session ? buildReport(**session) : std::unexpected(session.error());
}

Result<void> measure(Figures &figures, const Case &one)
{
    TargetProcess target;
    if (!target.start({QStringLiteral("--service-time"), QStringLiteral("*=%1ms").arg(one.milliseconds),
                       QStringLiteral("--workers"), QString::number(one.workers), QStringLiteral("--queue"),
                       QStringLiteral("10000")}))
        return failure(Error::Code::Unreachable, QStringLiteral("headroom-target did not start"));
    const QTemporaryDir folder;
    const auto model = search(scenarioFor(one, target.url()), folder.filePath(QStringLiteral("s.headroom")));
    if (!model)
        return std::unexpected(model.error());
    const LimitFinding &finding = *model->limit;
    const double found = finding.sustainablePerSecond.value_or(0.0);
    figures.add("capacity", one.capacity(), "/s");
    figures.add("sustainable", found, "/s");
    figures.add("broken", finding.brokenPerSecond.value_or(0.0), "/s");
    figures.add("off", 100.0 * std::abs(found - one.capacity()) / one.capacity(), "%", FigureBound::atMost(5.0));
    figures.add("confirmed", finding.isConfirmed(), "", FigureBound::exactly(1));
    figures.add("rates_tried", double(finding.probes.size()), "");
    figures.add("took", model->lengthSeconds, "s");
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    setUpLikeHeadroom();
    const QCoreApplication application(argc, argv);
    int exitCode = 0;
    for (const Case &one : kCases) {
        Figures figures(QByteArray("limit.") + one.name);
        if (const auto measured = measure(figures, one); !measured)
            figures.addFailure(measured.error());
        exitCode = std::max(exitCode, figures.conclude());
    }
    return exitCode;
}
