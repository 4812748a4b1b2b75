// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/commandline.h"

#include "core/base/humanformat.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

namespace Headroom {

Result<CommandLine> findCommand(const QString &text, const QString &folder)
{
    QStringList words = QProcess::splitCommand(text);
    if (words.isEmpty() || words.first().isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("the command is empty; write a program and its arguments"));
    const QString name = words.takeFirst();
    if (!name.contains(QLatin1Char('/'))) {
        const QString found = QStandardPaths::findExecutable(name);
        if (found.isEmpty())
            return failure(
                Error::Code::NotFound,
                QStringLiteral(
                    "there is no program %1 in the search path; install it, or write where it is, as in ./%2")
                    .arg(formatQuoted(name), name));
        return CommandLine{found, words};
    }
    const QFileInfo file(QDir::isAbsolutePath(name) ? name : QDir(folder).absoluteFilePath(name));
    if (!file.isFile())
        return failure(
            Error::Code::NotFound,
            QStringLiteral("there is no program %1; paths start from the scenario's folder").arg(formatQuoted(name)));
    if (!file.isExecutable())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("%1 is not executable; make it so with chmod +x").arg(formatQuoted(name)));
    return CommandLine{QDir::cleanPath(file.absoluteFilePath()), words};
}

QProcessEnvironment CommandLine::wholeEnvironment() const
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : environment)
        all.insert(name, value);
    return all;
}

std::vector<std::pair<QString, QString>> environmentOf(const std::vector<Scenario::Header> &written)
{
    std::vector<std::pair<QString, QString>> environment;
    for (const auto &[name, value] : written)
        environment.emplace_back(name, value.constant());
    return environment;
}

QString environmentDigest(const std::vector<std::pair<QString, QString>> &environment)
{
    if (environment.empty())
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[name, value] : environment)
        hash.addData((name + u'=' + value + QChar(0)).toUtf8());
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace Headroom
