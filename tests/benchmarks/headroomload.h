// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/report/reportmodel.h"

#include <QTemporaryDir>
#include <QUrl>

namespace Headroom {

/// A load of one request over and over, for the headroom program.
struct HeadroomLoad
{
    QUrl url;
    QByteArray transport = "direct";
    QByteArray targetFields{}; ///< Further lines of "target:" in flow style, such as "connection: { http: 2 }".
    QString authorities{}; ///< Path of certificates (PEM) that are trusted; empty: the system's.
    QByteArray think{}; ///< Such as "2 s to 8 s": before a second request of each iteration; empty: there is none.
    QByteArray load{}; ///< The fields of "load:" in flow style.
    QByteArray rest{}; ///< Further lines of the scenario.
    int workers = 1; ///< Threads; 0: as many as the program takes by itself.
};

QByteArray scenarioText(const HeadroomLoad &load);

/// One stage with so many users.
QByteArray closedLoad(int users, int seconds);
/// A rate for some seconds after two that do not count, with as many users as the closed loop of a ceiling has.
QByteArray openLoad(double rate, int seconds);
inline constexpr int kCeilingUsers = 64;

/// The headroom program, run in a folder of its own with settings of its own; what it wrote stays until the next run.
class HeadroomProgram
{
public:
    struct Outcome
    {
        QByteArray report; ///< JSON.
        double cpuSeconds = 0.0; ///< Of the process, from its start to its end.
    };
    /// Errors: as runTool(), and Internal with the program's words when it wrote no report.
    Result<Outcome> run(const HeadroomLoad &load);
    /// The same, read from the session it has recorded.
    Result<ReportModel> runAndRead(const HeadroomLoad &load);

    /// For who watches the process meanwhile: arguments of such a run, whose report lies in reportPath() afterwards.
    Result<QStringList> prepare(const HeadroomLoad &load);
    QString reportPath() const { return m_folder.filePath(QStringLiteral("run.json")); }

private:
    QTemporaryDir m_folder;
};

/// What the generator can do, as `headroom calibrate` finds it: arrivals that come one by one cost more than answers
/// that come in heaps, so the closed loop alone would promise too much; and never more than the target has taken.
struct MeasuredCeiling
{
    double closedRate = 0.0; ///< What the closed loop came to.
    double rate = 0.0; ///< The ceiling.
};
Result<MeasuredCeiling> measureCeiling(HeadroomProgram &program, HeadroomLoad load);

} // namespace Headroom
