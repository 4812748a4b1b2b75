// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/languagepage.h"

#include "core/help/languagesections.h"
#include "core/help/languagetable.h"
#include "core/help/languagewords.h"
#include "core/scenario/scenarioschema.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace Headroom {

namespace {

using Fields = std::vector<const SchemaField *>;

bool isBelow(const QString &path, const QString &prefix)
{
    return prefix.isEmpty() || path.startsWith(prefix + u'.') || path.startsWith(prefix + QLatin1String("[]"));
}

/// Where a field is explained: in the section of the longest prefix that it is or stands below. What only holds a
/// section, as data does data.*, belongs to that section.
const LanguageSection &sectionOf(const SchemaField &field)
{
    const QString path = QString::fromLatin1(field.path);
    const LanguageSection *best = nullptr;
    for (const LanguageSection &section : languageSections()) {
        const QString prefix = QString::fromLatin1(section.prefix);
        const bool holds = isBelow(prefix, path) && (!best || !*best->prefix);
        const bool isIn = prefix == path || isBelow(path, prefix);
        if (holds || (isIn && (!best || prefix.size() > qsizetype(qstrlen(best->prefix)))))
            best = &section;
    }
    return *best; // the top level takes whatever no other does
}

/// "multipart.NAME.file": from the section's place on, with words for free names.
QString relativePath(const SchemaField &field, const QString &prefix)
{
    QString path = QString::fromLatin1(field.path);
    if (!prefix.isEmpty())
        path = path.sliced(prefix.size() + 1);
    return path.replace(QLatin1String(".*"), QLatin1String(".NAME"));
}

QString defaultOf(const SchemaField &field)
{
    if (field.isRequired)
        return QStringLiteral("required");
    return *field.standard ? QStringLiteral("`%1`").arg(QString::fromUtf8(field.standard)) : QString();
}

/// "exactly one of ..., at most one of ...; x needs y": of fields that stand side by side.
QString togetherness(const Fields &fields, const QString &prefix)
{
    QStringList places; // a group is one of its place: the part of the path in front of the field
    QHash<QString, QStringList> groups;
    QStringList sentences;
    for (const SchemaField *field : fields) {
        const QString path = relativePath(*field, prefix);
        if (*field->group) {
            const QString place = path.first(path.lastIndexOf(u'.') + 1) + QString::fromLatin1(field->group);
            if (!groups.contains(place))
                places.append(place);
            groups[place].append(u'`' + path + u'`');
        }
        if (*field->needs)
            sentences.append(QStringLiteral("`%1` needs `%2` beside it")
                                 .arg(path, QString::fromLatin1(field->needs).replace(u'|', QStringLiteral("` or `"))));
    }
    QStringList lists;
    for (const QString &place : places) {
        const QStringList &names = groups[place];
        if (names.size() > 1)
            lists.append((place.contains(u'!') ? QStringLiteral("Exactly one of ") : QStringLiteral("At most one of "))
                         + names.join(QLatin1String(", ")) + u'.');
    }
    if (!sentences.isEmpty())
        lists.append(sentences.join(QLatin1String("; ")) + u'.');
    return lists.join(u'\n');
}

QString fieldTable(const Fields &fields, const QString &prefix)
{
    LanguageTable table({QStringLiteral("field"), QStringLiteral("written as"), QStringLiteral("default"),
                         QStringLiteral("what it is")});
    for (const SchemaField *field : fields)
        table.add({u'`' + relativePath(*field, prefix) + u'`', writtenAs(*field), defaultOf(*field),
                   QString::fromUtf8(field->help)});
    if (table.isEmpty())
        return {};
    const QString together = togetherness(fields, prefix);
    // A table right behind an example would lose its first head: Qt 6.8 still counts it to the code.
    return QStringLiteral("The fields:\n\n") + table.markdown()
        + (together.isEmpty() ? QString() : u'\n' + together + u'\n');
}

QString block(const QString &yaml)
{
    QString text;
    for (const QString &line : yaml.split(u'\n', Qt::SkipEmptyParts))
        text += QLatin1String("    ") + line + u'\n';
    return text;
}

QString sectionText(const LanguageSection &section)
{
    const QString prefix = QString::fromLatin1(section.prefix);
    QStringList lead; // what holds the fields, in its own words
    Fields fields;
    for (const SchemaField &field : scenarioSchema()) {
        if (&sectionOf(field) != &section)
            continue;
        if (!prefix.isEmpty() && !isBelow(QString::fromLatin1(field.path), prefix))
            lead.append(QString::fromUtf8(field.help) + u'.');
        else
            fields.push_back(&field);
    }
    lead.append(QString::fromUtf8(section.intro));
    lead.removeAll(QString());
    QStringList parts{QStringLiteral("## %1\n").arg(QLatin1String(section.title)), lead.join(u' ') + u'\n',
                      block(QString::fromUtf8(section.example)), fieldTable(fields, prefix)};
    parts.removeAll(QString());
    return parts.join(u'\n');
}

QString suiteText()
{
    Fields fields;
    for (const SchemaField &field : suiteSchema())
        fields.push_back(&field);
    return QStringLiteral("## Suites\n\nA suite is a file of its own: several scenarios that are run in order and "
                          "reported together.\n\n")
        + block(QStringLiteral("headroom: 1\nname: Nightly\nsuite:\n  - { name: smoke, scenario: smoke.yaml }\n"
                               "  - { name: burst, scenario: burst.yaml, needs: [smoke], set: { load.rate: 50/s } }\n"
                               "objectives:\n  burst: { p95: 900 ms, errors: 1 % }\n"))
        + u'\n' + fieldTable(fields, {});
}

QString wordTable(const QString &head, const std::vector<ExplainedWord> &words)
{
    LanguageTable table({QStringLiteral("written"), head});
    for (const ExplainedWord &word : words)
        table.add({u'`' + word.written + u'`', word.meaning});
    return table.markdown();
}

} // namespace

QString languagePage()
{
    QStringList parts{QStringLiteral("# The scenario language\n\n"
                                     "A scenario is a YAML file that says where the load goes, what users do, how much "
                                     "of it, and what the run must show. "
                                     "`headroom validate FILE` checks one without a run, `headroom schema scenario` "
                                     "prints the language as a JSON Schema "
                                     "for other editors, and `--set load.rate=20/s` changes a field for one run.\n")};
    for (const LanguageSection &section : languageSections())
        parts.append(sectionText(section));
    parts.append(suiteText());
    parts.append(QStringLiteral("## How values are written\n\n")
                 + wordTable(QStringLiteral("meaning"), explainedValues()));
    parts.append(QStringLiteral("## Templates\n\n`${…}` puts a value into a text. More: `headroom help templates`.\n\n")
                 + wordTable(QStringLiteral("value"), explainedTemplates()));
    parts.append(
        QStringLiteral("## Checks, places and conditions\n\n"
                       "A check is a place in an answer and a comparison: `$.id exists`, `body < 1 MiB`, "
                       "`header X-Kind == json`. `extract`, `identity`, `server_time` and `observe` name places, too. "
                       "A condition (`if`) compares values instead: `${tier} == gold`, or is a chance: `30 %`.\n\n")
        + wordTable(QStringLiteral("place in an answer"), explainedPlaces()) + u'\n'
        + wordTable(QStringLiteral("comparison"), explainedComparisons()));
    return parts.join(u'\n');
}

} // namespace Headroom
