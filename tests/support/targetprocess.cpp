// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/targetprocess.h"

#include "tests/support/headroomprocess.h"

#include <QFile>

namespace Headroom {

TargetProcess::~TargetProcess()
{
    m_process.kill();
    m_process.waitForFinished(10'000);
}

bool TargetProcess::start(const QStringList &options)
{
    m_process.start(targetProgram(), QStringList{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--exit-with-stdin"), QStringLiteral("--truth-log"),
                                                 m_folder.filePath(QStringLiteral("truth.csv"))} + options);
    if (!m_process.waitForReadyRead(10'000))
        return false;
    const QString line = QString::fromUtf8(m_process.readLine());
    m_url = QUrl(line.sliced(line.indexOf(QStringLiteral("http://"))).trimmed());
    return m_url.port() > 0;
}

QStringList TargetProcess::stopAndReadLog(const QString &userAgent)
{
    m_process.terminate();
    m_process.waitForFinished(10'000);
    QFile file(m_folder.filePath(QStringLiteral("truth.csv")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList rows;
    for (const QString &row : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (row.section(QLatin1Char(','), 3, 3) == userAgent)
            rows.append(row);
    }
    return rows;
}

} // namespace Headroom
