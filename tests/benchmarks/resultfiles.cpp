// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/resultfiles.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace Headroom {

namespace {

Result<void> write(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return failure(Error::Code::Unwritable, file.errorString(), path);
}

QJsonArray figuresJson(const std::vector<MeasuredFigure> &figures)
{
    QJsonArray all;
    for (const MeasuredFigure &figure : figures) {
        all.append(QJsonObject{{QStringLiteral("name"), figure.name},
                               {QStringLiteral("value"), figure.value},
                               {QStringLiteral("unit"), figure.unit},
                               {QStringLiteral("bound"), figure.bound},
                               {QStringLiteral("verdict"), figure.verdict}});
    }
    return all;
}

} // namespace

QByteArray resultsJson(const BenchmarkResults &results)
{
    QJsonObject machine;
    for (const auto &[name, value] : results.machine)
        machine.insert(name, value);
    QJsonArray tables;
    for (const ResultTable &table : results.tables)
        tables.append(json(table));
    return QJsonDocument(QJsonObject{{QStringLiteral("subject"), results.subject},
                                     {QStringLiteral("machine"), machine},
                                     {QStringLiteral("tables"), tables},
                                     {QStringLiteral("figures"), figuresJson(results.figures)},
                                     {QStringLiteral("notes"), QJsonArray::fromStringList(results.notes)}})
        .toJson();
}

QByteArray resultsMarkdown(const BenchmarkResults &results)
{
    QStringList facts;
    for (const auto &[name, value] : results.machine)
        facts += name + u' ' + value;
    QStringList parts{QStringLiteral("Measured on: %1.\n").arg(facts.join(QStringLiteral(", ")))};
    for (const ResultTable &table : results.tables)
        parts += markdown(table);
    QString list = QStringLiteral("| Figure | Value | Unit | Bound | Verdict |\n| --- | ---: | --- | --- | --- |\n");
    for (const MeasuredFigure &figure : results.figures) {
        list += QStringLiteral("| %1 | %2 | %3 | %4 | %5 |\n")
                    .arg(figure.name, QString::number(figure.value, 'f', 3), figure.unit, figure.bound, figure.verdict);
    }
    parts += list;
    for (const QString &note : results.notes)
        parts += note + u'\n';
    return parts.join(u'\n').toUtf8();
}

Result<void> writeResults(const BenchmarkResults &results, const QString &folder)
{
    if (!QDir().mkpath(folder))
        return failure(Error::Code::Unwritable, QStringLiteral("this folder cannot be made"), folder);
    const QString path = folder + u'/' + results.subject;
    const auto written = write(path + QStringLiteral(".json"), resultsJson(results));
    return written ? write(path + QStringLiteral(".md"), resultsMarkdown(results)) : written;
}

} // namespace Headroom
