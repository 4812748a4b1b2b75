// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/profilecapture.h"

#include "core/base/humanformat.h"
#include "core/run/attachmentfile.h"
#include "core/run/capturedfile.h"
#include "core/stacks/perffolder.h"
#include "core/stacks/stacktree.h"

#include <QCoroSignal>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <ranges>
#include <utility>

namespace Headroom {

namespace {

using Kind = Scenario::Capture::Kind;
using Outcome = ProfileCapture::Outcome;

constexpr std::chrono::milliseconds kStopWithin{2'000}; // from SIGTERM to SIGKILL
constexpr int kPerSecond = 99; // not in step with what happens a hundred times a second
constexpr std::size_t kMostProcesses = 500; // on perf's command line
const QString kFile = QStringLiteral("${file}");

QString secondsText(Nanoseconds length)
{
    return QString::number(std::chrono::duration<double>(length).count(), 'f', 3);
}

/// Nothing of the user's own settings of perf, and nothing looked up in the network.
std::vector<std::pair<QString, QString>> perfEnvironment()
{
    return {{QStringLiteral("PERF_CONFIG"), QStringLiteral("/dev/null")},
            {QStringLiteral("DEBUGINFOD_URLS"), QString()}};
}

QString pidList(const std::vector<int> &pids)
{
    QStringList words;
    for (const int pid : pids | std::views::take(kMostProcesses))
        words << QString::number(pid);
    return words.join(u',');
}

Result<CommandLine> tool(const QString &name, const QStringList &arguments, const QString &remedy)
{
    auto found = findCommand(name, {});
    if (!found)
        return failure(Error::Code::NotFound,
                       QStringLiteral("%1 is not installed on this machine; %2").arg(name, remedy));
    found->arguments = arguments;
    return found;
}

/// What a profiler has said, made of use where it was not allowed to look.
QString explained(const QString &toolName, const QString &how)
{
    const auto says = [&how](QLatin1StringView word) { return how.contains(word, Qt::CaseInsensitive); };
    if (says(QLatin1StringView("perf_event_paranoid")) || says(QLatin1StringView("No permission"))
        || says(QLatin1StringView("Operation not permitted")) || says(QLatin1StringView("Permission denied"))) {
        const QLatin1StringView remedy = toolName == QLatin1String("perf")
            ? QLatin1StringView("set kernel.perf_event_paranoid to 1, or give perf the capability CAP_PERFMON")
            : QLatin1StringView("set kernel.yama.ptrace_scope to 0, or give py-spy the capability CAP_SYS_PTRACE");
        return QStringLiteral("%1 is not allowed to look at the process; %2").arg(toolName, remedy);
    }
    return QStringLiteral("%1 %2").arg(toolName, how);
}

Outcome nothingSeen(Nanoseconds length)
{
    return {QStringLiteral("not one sample in %1: the process had nothing to do").arg(formatDuration(length))};
}

} // namespace

ProfileCapture::ProfileCapture(Clock &clock)
    : m_clock(clock)
    , m_limit(clock.makeAlarm([this] { stopProgram(QStringLiteral("had not ended in time and was stopped")); }))
{
}

ProfileCapture::~ProfileCapture() = default;

QCoro::Task<Outcome> ProfileCapture::record(Order order)
{
    m_isCut = false;
    const QTemporaryDir folder;
    if (!folder.isValid())
        co_return Outcome{QStringLiteral("no folder for temporary files can be made: %1").arg(folder.errorString())};
    switch (order.capture.kind) {
    case Kind::Perf:
        co_return co_await recordByPerf(order, folder.path());
    case Kind::PySpy:
        co_return co_await recordByPySpy(order, folder.path());
    case Kind::Command:
        co_return co_await recordByCommand(order, folder.path());
    case Kind::Url:
        break; // an answer needs no program
    }
    co_return Outcome{QStringLiteral("nothing can record that")};
}

QCoro::Task<Outcome> ProfileCapture::recordByPerf(Order order, QString folder)
{
    const QString remedy = QStringLiteral("install it (Debian: linux-perf), or profile by py_spy, url or command");
    const QString data = folder + QStringLiteral("/perf.data");
    auto record =
        tool(QStringLiteral("perf"),
             {QStringLiteral("record"), QStringLiteral("--freq"), QString::number(kPerSecond),
              QStringLiteral("--call-graph"), order.capture.isUnwound ? QStringLiteral("dwarf") : QStringLiteral("fp"),
              QStringLiteral("--no-buildid-cache"), QStringLiteral("--max-size=512M"), QStringLiteral("--output"), data,
              QStringLiteral("--pid"), pidList(order.pids), QStringLiteral("--"), QStringLiteral("sleep"),
              secondsText(order.capture.length)},
             remedy);
    if (!record)
        co_return Outcome{record.error().message};
    record->environment = perfEnvironment();
    if (const QString problem = co_await run(*record, folder, order.capture.length + order.within); !problem.isEmpty())
        co_return Outcome{explained(QStringLiteral("perf"), problem)};
    auto script = tool(QStringLiteral("perf"),
                       {QStringLiteral("script"), QStringLiteral("--no-inline"), QStringLiteral("--fields"),
                        QStringLiteral("comm,tid,ip,sym,dso"), QStringLiteral("--input"), data},
                       remedy);
    if (!script)
        co_return Outcome{script.error().message};
    script->environment = perfEnvironment();
    PerfFolder stacks;
    m_take = [&stacks](const QByteArray &output) { stacks.feed(output); };
    const QString problem = co_await run(*script, folder, order.within);
    m_take = nullptr;
    if (!problem.isEmpty())
        co_return Outcome{QStringLiteral("perf script %1").arg(problem)};
    const QByteArray folded = stacks.takeFolded();
    if (folded.isEmpty())
        co_return nothingSeen(order.capture.length);
    if (folded.size() > Attachment::kMaxBytes)
        co_return Outcome{QStringLiteral("the stacks are too large to be attached; record for a shorter time")};
    const Attachment file = capturedFile(order.name, order.number, folded);
    co_return Outcome{capturedText(file, order.capture.length), file};
}

QCoro::Task<Outcome> ProfileCapture::recordByPySpy(Order order, QString folder)
{
    const QString path = folder + QStringLiteral("/stacks");
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(order.capture.length).count(); // it takes whole ones
    const auto record =
        tool(QStringLiteral("py-spy"),
             {QStringLiteral("record"), QStringLiteral("--format"), QStringLiteral("raw"), QStringLiteral("--rate"),
              QString::number(kPerSecond), QStringLiteral("--duration"), QString::number(seconds),
              QStringLiteral("--subprocesses"), QStringLiteral("--output"), path, QStringLiteral("--pid"),
              QString::number(order.pids.empty() ? 0 : order.pids.front())},
             QStringLiteral("install it (pip install py-spy), or profile by perf, url or command"));
    if (!record)
        co_return Outcome{record.error().message};
    if (const QString problem = co_await run(*record, folder, order.capture.length + order.within); !problem.isEmpty())
        co_return Outcome{explained(QStringLiteral("py-spy"), problem)};
    const auto written = readAttachment(path);
    if (!written)
        co_return Outcome{QStringLiteral("what py-spy has written %1").arg(written.error().message)};
    if (!StackTree::samplesIn(written->bytes))
        co_return nothingSeen(order.capture.length);
    const Attachment file = capturedFile(order.name, order.number, written->bytes);
    co_return Outcome{capturedText(file, order.capture.length), file};
}

QCoro::Task<Outcome> ProfileCapture::recordByCommand(Order order, QString folder)
{
    const QString path = folder + QStringLiteral("/profile");
    auto command = findCommand(order.command, order.folder);
    if (!command)
        co_return Outcome{command.error().text()};
    for (QString &argument : command->arguments)
        argument.replace(kFile, path);
    if (const QString problem = co_await run(*command, order.folder, order.within); !problem.isEmpty())
        co_return Outcome{problem};
    if (!QFile::exists(path))
        co_return Outcome{QStringLiteral("ended well, but has written nothing to ${file}")};
    const auto written = readAttachment(path);
    if (!written)
        co_return Outcome{QStringLiteral("what it has written to ${file} %1").arg(written.error().message)};
    const Attachment file = capturedFile(order.name, order.number, written->bytes);
    co_return Outcome{capturedText(file, 0ns), file};
}

QCoro::Task<QString> ProfileCapture::run(CommandLine command, QString folder, Nanoseconds limit)
{
    if (m_isCut)
        co_return QStringLiteral("was cut with the run");
    m_isStopping = false;
    m_program = std::make_unique<ChildProcess>();
    connect(m_program.get(), &ChildProcess::wrote, this, [this](const QByteArray &output) {
        if (m_take)
            m_take(output);
    });
    connect(m_program.get(), &ChildProcess::died, this, [this](const QString &how) {
        const bool isDone = m_program->hasSucceeded();
        dropProgram();
        Q_EMIT programEnded(isDone, how);
    });
    const ChildProcess::Talk talk = m_take ? ChildProcess::Talk::Told : ChildProcess::Talk::Heard;
    if (const Result<void> started = m_program->start(command, folder, kStopWithin, talk); !started) {
        dropProgram();
        co_return started.error().text();
    }
    m_limit->setFor(m_clock.now() + limit);
    const auto [isDone, how] = co_await qCoro(this, &ProfileCapture::programEnded);
    co_return isDone ? QString() : how;
}

QCoro::Task<> ProfileCapture::stopProgram(QString why)
{
    if (!m_program || std::exchange(m_isStopping, true))
        co_return;
    m_program->disconnect(this);
    co_await m_program->stop();
    dropProgram();
    Q_EMIT programEnded(false, why);
}

void ProfileCapture::cut()
{
    m_isCut = true;
    if (m_program)
        m_program->hurry();
    stopProgram(QStringLiteral("was cut with the run"));
}

/// It may be the one that tells of its end.
void ProfileCapture::dropProgram()
{
    m_limit->cancel();
    if (m_program)
        m_program.release()->deleteLater();
}

} // namespace Headroom
