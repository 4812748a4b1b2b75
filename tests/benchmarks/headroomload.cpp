// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/headroomload.h"

#include "core/session/sessionreader.h"
#include "tests/benchmarks/toolrun.h"
#include "tests/support/headroomprocess.h"

#include <QFile>

#include <algorithm>
#include <cmath>

namespace Headroom {

namespace {

constexpr auto kLimit = std::chrono::seconds(120); // for one run; what is longer is watched by who starts it
const QString kAuthorities = QStringLiteral("server.pem"); // in the scenario's folder, which it may not leave

} // namespace

QByteArray scenarioText(const HeadroomLoad &load)
{
    const QByteArray origin = load.url.adjusted(QUrl::RemovePath).toEncoded();
    const QByteArray more = (load.targetFields.isEmpty() ? QByteArray() : ", " + load.targetFields)
        + (load.authorities.isEmpty() ? QByteArray() : ", tls: { authorities: " + kAuthorities.toUtf8() + " }");
    const QByteArray get = "get: " + load.url.path().toUtf8();
    const QByteArray again =
        load.think.isEmpty() ? QByteArray() : ", { name: again, " + get + ", think: " + load.think + " }";
    return "headroom: 1\nname: bench\ntarget: { url: '" + origin + "', transport: " + load.transport + more
        + " }\nflows: [ { steps: [ { name: answer, " + get + " }" + again + " ] } ]\nload: { " + load.load + " }\n"
        + load.rest;
}

QByteArray closedLoad(int users, int seconds)
{
    return "stages: [ { users: " + QByteArray::number(users) + ", for: " + QByteArray::number(seconds) + " s } ]";
}

QByteArray openLoad(double rate, int seconds)
{
    const QByteArray perSecond = "rate: " + QByteArray::number(rate, 'f', 0) + "/s";
    return "users: " + QByteArray::number(kCeilingUsers) + ", stages: [ { " + perSecond
        + ", for: 2 s, warm_up: true }, { " + perSecond + ", for: " + QByteArray::number(seconds) + " s } ]";
}

Result<QStringList> HeadroomProgram::prepare(const HeadroomLoad &load)
{
    QFile file(m_folder.filePath(QStringLiteral("bench.yaml")));
    const QByteArray text = scenarioText(load);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return failure(Error::Code::Unwritable, file.errorString(), file.fileName());
    qputenv("XDG_CONFIG_HOME", m_folder.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_CACHE_HOME", m_folder.filePath(QStringLiteral("cache")).toUtf8());
    for (const char *old : {"run.json", "run.headroom"})
        QFile::remove(m_folder.filePath(QLatin1String(old)));
    QFile::remove(m_folder.filePath(kAuthorities));
    if (!load.authorities.isEmpty() && !QFile::copy(load.authorities, m_folder.filePath(kAuthorities)))
        return failure(Error::Code::Unreadable, QStringLiteral("the certificate cannot be copied"), load.authorities);
    QStringList arguments{QStringLiteral("run"),        file.fileName(),
                          QStringLiteral("--progress"), QStringLiteral("none"),
                          QStringLiteral("--report"),   QStringLiteral("json=") + reportPath(),
                          QStringLiteral("--out"),      m_folder.filePath(QStringLiteral("run.headroom"))};
    if (load.workers > 0)
        arguments += {QStringLiteral("--workers"), QString::number(load.workers)};
    return arguments;
}

Result<HeadroomProgram::Outcome> HeadroomProgram::run(const HeadroomLoad &load)
{
    const auto arguments = prepare(load);
    if (!arguments)
        return std::unexpected(arguments.error());
    const auto done = runTool(headroomProgram(), *arguments, kLimit);
    if (!done)
        return std::unexpected(done.error());
    QFile report(reportPath());
    if (!report.open(QIODevice::ReadOnly)) {
        return failure(
            Error::Code::Internal,
            QStringLiteral("headroom wrote no report, but: %1").arg(QString::fromUtf8(done->output).trimmed()));
    }
    return Outcome{report.readAll(), done->cpuSeconds};
}

Result<ReportModel> HeadroomProgram::runAndRead(const HeadroomLoad &load)
{
    if (const auto done = run(load); !done)
        return std::unexpected(done.error());
    const auto session = SessionReader::open(m_folder.filePath(QStringLiteral("run.headroom")));
    return session ? buildReport(**session) : std::unexpected(session.error());
}

Result<MeasuredCeiling> measureCeiling(HeadroomProgram &program, HeadroomLoad load)
{
    load.load = closedLoad(kCeilingUsers, 5);
    const auto closed = program.runAndRead(load);
    if (!closed)
        return std::unexpected(closed.error());
    MeasuredCeiling ceiling;
    ceiling.closedRate = closed->measured.ratePerSecond();
    const double ofClosed = std::min(ceiling.closedRate, closed->health.ceilingPerSecond.value_or(ceiling.closedRate));
    load.load = openLoad(std::floor(ofClosed / 2.0), 5);
    const auto open = program.runAndRead(load);
    if (!open)
        return std::unexpected(open.error());
    ceiling.rate = std::min(ofClosed, open->health.ceilingPerSecond.value_or(ofClosed));
    return ceiling;
}

} // namespace Headroom
