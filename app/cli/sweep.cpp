// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sweep.h"

#include "core/base/humanformat.h"
#include "core/base/suggestion.h"
#include "core/yaml/yamlreader.h"

#include <QRegularExpression>

namespace Headroom {

namespace {

constexpr qsizetype kMostValues = 100;

const QStringList kNames{QStringLiteral("users"), QStringLiteral("rate"), QStringLiteral("iterations"),
                         QStringLiteral("duration"), QStringLiteral("batches")};

std::unexpected<Error> problem(const QString &text)
{
    return failure(Error::Code::InvalidInput, QStringLiteral("--sweep: ") + text);
}

/// Whether the scenario's load has this field itself, and not in a stage.
bool standsInLoad(const QByteArray &scenario, QStringView field)
{
    const YamlReading yaml = readYamlWithProblems(scenario);
    const YamlNode *load = yaml.root && yaml.root->isMapping() ? yaml.root->find(u"load") : nullptr;
    return load && load->isMapping() && load->find(field) && !load->find(u"stages");
}

Result<void> checkValues(const QStringList &values)
{
    if (values.size() < 2)
        return problem(QStringLiteral("a comparison needs at least two values, as in users=1,2,4,8"));
    if (values.size() > kMostValues)
        return problem(QStringLiteral("%1 values are more than %2").arg(values.size()).arg(kMostValues));
    QStringList parts;
    for (const QString &value : values) {
        if (value.isEmpty())
            return problem(QStringLiteral("a value is missing between two commas"));
        const QString part = sweepFilePart({}, value);
        if (parts.contains(part))
            return problem(QStringLiteral("the value %1 stands there twice").arg(formatQuoted(value)));
        parts += part;
    }
    return {};
}

} // namespace

Result<Sweep> parseSweep(const QString &text)
{
    const qsizetype equals = text.indexOf(QLatin1Char('='));
    if (equals <= 0)
        return problem(QStringLiteral("%1 names no parameter; write users=1,2,4,8").arg(formatQuoted(text)));
    Sweep sweep{text.first(equals).trimmed(), {}};
    for (const QString &value : text.sliced(equals + 1).split(QLatin1Char(',')))
        sweep.values += value.trimmed();
    if (!kNames.contains(sweep.parameter) && !sweep.parameter.contains(QLatin1Char('.')))
        return problem(QStringLiteral("%1 is no parameter%2; write one of %3, or a place in the scenario as "
                                      "load.stages[0].rate")
                           .arg(formatQuoted(sweep.parameter), didYouMean(sweep.parameter, kNames),
                                kNames.join(QStringLiteral(", "))));
    if (const Result<void> checked = checkValues(sweep.values); !checked)
        return std::unexpected(checked.error());
    return sweep;
}

QString optionFor(const QString &parameter, const QString &value, const QByteArray &scenario, bool isReplaced)
{
    const bool isField = parameter == QLatin1String("users") || parameter == QLatin1String("rate")
        || parameter == QLatin1String("iterations");
    if (parameter == QLatin1String("batches") || (isField && !isReplaced && standsInLoad(scenario, parameter)))
        return QStringLiteral("--set=load.%1=%2").arg(parameter, value);
    if (kNames.contains(parameter))
        return QStringLiteral("--%1=%2").arg(parameter, value);
    return QStringLiteral("--set=%1=%2").arg(parameter, value);
}

QString safeFilePart(QString text)
{
    static const QRegularExpression kUnsafe(QStringLiteral("[^A-Za-z0-9._-]+"));
    constexpr qsizetype kMostCharacters = 24; // a file name is short
    return text.replace(kUnsafe, QStringLiteral("-")).left(kMostCharacters);
}

QString sweepFilePart(const QString &parameter, const QString &value)
{
    return safeFilePart(parameter) + QLatin1Char('-') + safeFilePart(value);
}

} // namespace Headroom
