// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/headroomprocess.h"

#include <QProcess>

namespace Headroom {

namespace {
constexpr int kLimitMs = 60'000;
}

ProcessResult runHeadroom(const QStringList &arguments, const QString &folder, const QByteArray &input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder + QStringLiteral("/config"));
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), folder + QStringLiteral("/cache"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(headroomProgram(), arguments);
    process.write(input);
    process.closeWriteChannel();
    ProcessResult result;
    if (process.waitForFinished(kLimitMs) && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.err = QString::fromUtf8(process.readAllStandardError());
    return result;
}

QString headroomProgram()
{
    return QStringLiteral(HEADROOM_BIN_DIR "/headroom");
}

QString targetProgram()
{
    return QStringLiteral(HEADROOM_BIN_DIR "/headroom-target");
}

} // namespace Headroom
