// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/languagewords.h"

#include "core/scenario/checkreader.h"
#include "core/scenario/templatefunctions.h"

#include <algorithm>

namespace Headroom {

namespace {

using Type = SchemaField::Type;
using Templates = SchemaField::Templates;

struct Meaning
{
    const char *word; ///< What stands at the beginning of the written one.
    const char *text;
};

constexpr Meaning kValues[] = {
    {"30 s", "A time: number and us, ms, s, min, h or d; also `1 min 30 s`"},
    {"50/s", "A rate: number per s, min, h or d"},
    {"5 %", "A share"},
    {"10 MiB", "A size: number and B, kB, MB, GB, KiB, MiB or GiB"},
    {"true", "Or `false`; yes and no are texts"},
    {"\"text\"",
     "Quotes are needed around a text that holds `: ` or ` #`, begins with a special character such as `*`, `&`, `@` "
     "or "
     "`[`, or stands in braces and holds a comma, a brace or `${`"},
};

constexpr Meaning kTemplates[] = {
    {"user", "Number of the user, from 0; with a rate, of the arrival"},
    {"iteration", "Number of the user's iteration, from 0; with a rate, of the arrival"},
    {"random", "A whole number, both ends included"},
    {"choice", "One of the texts; quotes keep commas and brackets"},
    {"uuid", "A random UUID (version 4)"},
    {"now", "When the request is sent, in UTC: 2026-01-31T12:00:00.000Z"},
    {"now.s", "The same as Unix time in seconds"},
    {"now.ms", "In milliseconds"},
    {"now.us", "In microseconds"},
};

constexpr Meaning kPlaces[] = {
    {"$", "First match of a JSONPath in the body"},
    {"/", "First group of a regular expression in the body, or the whole match where it has none"},
    {"header", "Value of a header"},
    {"cookie", "Value of a cookie that the answer sets"},
    {"server-timing", "Duration of a metric of the Server-Timing header, in ms"},
    {"status", "The HTTP status"},
    {"body", "The body as text; compared with a size, its length"},
    {"size", "Bytes of the body as they were sent"},
    {"time", "From sending to the last byte, without waiting in Headroom"},
    {"first_byte", "From sending to the first byte of the answer"},
};

constexpr Meaning kComparisons[] = {
    {"exists", "Something stands there"},
    {"missing", "Nothing stands there"},
    {"contains", "The text on the right is a part of it"},
    {"matches", "The regular expression on the right matches a part of it, as in body matches /a+b/"},
    {"==", "Equal: numbers as numbers, else texts"},
    {"!=", "Not equal"},
    {"<", "Less; the right side may have a unit, as in time < 500 ms"},
    {"<=", "Less or equal"},
    {">", "Greater"},
    {">=", "Greater or equal"},
};

/// That of the longest word that the written one begins with; empty: nobody has explained it yet.
QString meaningOf(const QString &written, std::span<const Meaning> meanings)
{
    const Meaning *best = nullptr;
    for (const Meaning &meaning : meanings) {
        if (written.startsWith(QLatin1String(meaning.word)) && (!best || qstrlen(meaning.word) > qstrlen(best->word)))
            best = &meaning;
    }
    return best ? QString::fromUtf8(best->text) : QString();
}

std::vector<ExplainedWord> explained(const QStringList &words, std::span<const Meaning> meanings)
{
    std::vector<ExplainedWord> list;
    for (const QString &word : words)
        list.push_back({word, meaningOf(word, meanings)});
    return list;
}

QString withRange(const QString &kind, const SchemaField &field)
{
    const QString range = QString::fromLatin1(field.range);
    const QStringList ends = range.split(QLatin1String(" to "));
    if (ends.size() == 2 && ends[0] == ends[1])
        return u'`' + ends[0] + u'`';
    constexpr qsizetype kMostDigits = 15; // beyond, an end means "as far as a number goes"
    return ends.size() < 2 || ends[1].size() > kMostDigits ? kind : kind + QLatin1String(", ") + range;
}

QString textKind(const SchemaField &field)
{
    return field.templates == Templates::None || field.templates == Templates::AsWritten
        ? QStringLiteral("text")
        : QStringLiteral("text with `${…}`");
}

} // namespace

QString writtenAs(const SchemaField &field)
{
    switch (field.type) {
    case Type::Text:
        return textKind(field);
    case Type::Integer:
        return withRange(QStringLiteral("whole number"), field);
    case Type::Number:
        return withRange(QStringLiteral("number"), field);
    case Type::Boolean:
        return *field.range ? QStringLiteral("`true`") : QStringLiteral("`true` or `false`");
    case Type::Duration:
        return withRange(QStringLiteral("time"), field);
    case Type::ThinkTime:
        return QStringLiteral("time, or two: `200 ms to 1 s`");
    case Type::Rate:
        return QStringLiteral("rate");
    case Type::RateSpan:
        return QStringLiteral("rate, or `0/s to 50/s`");
    case Type::UsersSpan:
        return QStringLiteral("whole number, or `0 to 100`");
    case Type::Batches:
        return QStringLiteral("`5 of 10`");
    case Type::Acceptance:
        return QStringLiteral("`at least 5 of 6`, `at least 80 %`");
    case Type::Percent:
        return withRange(QStringLiteral("share"), field);
    case Type::Choice:
        return u'`' + QString::fromLatin1(field.range).replace(u'|', QLatin1String("`, `")) + u'`';
    case Type::StatusList:
        return QStringLiteral("status codes");
    case Type::Headers:
    case Type::Values:
        return QStringLiteral("names with texts");
    case Type::Any:
        return QStringLiteral("anything");
    case Type::Object:
        return QStringLiteral("fields");
    case Type::TextOrObject:
        return QStringLiteral("text, or fields");
    case Type::List:
        return QStringLiteral("list");
    case Type::Named:
        return QStringLiteral("names with fields");
    case Type::Strings:
        return QStringLiteral("list of texts");
    case Type::Secrets:
        return QStringLiteral("list of names, or names with texts");
    }
    Q_UNREACHABLE_RETURN({});
}

std::vector<ExplainedWord> explainedValues()
{
    std::vector<ExplainedWord> list;
    for (const Meaning &value : kValues)
        list.push_back({QString::fromUtf8(value.word), QString::fromUtf8(value.text)});
    return list;
}

std::vector<ExplainedWord> explainedTemplates()
{
    std::vector<ExplainedWord> list = explained(builtInNames(), kTemplates);
    list.insert(list.begin(), {QStringLiteral("tenant"), QStringLiteral("A var of the scenario")});
    list.push_back({QStringLiteral("questions.text"),
                    QStringLiteral("Column text of the row that the iteration has of the feed questions")});
    list.push_back({QStringLiteral("first"), QStringLiteral("What a step has taken out of an answer (extract)")});
    list.push_back(
        {QStringLiteral("env.HOST"), QStringLiteral("A variable of the environment, read when the scenario is")});
    list.push_back({QStringLiteral("secret.TOKEN"), QStringLiteral("The value of a secret, which is shown nowhere")});
    for (ExplainedWord &word : list)
        word.written = QStringLiteral("${%1}").arg(word.written);
    return list;
}

std::vector<ExplainedWord> explainedPlaces() { return explained(placeExamples(), kPlaces); }

std::vector<ExplainedWord> explainedComparisons() { return explained(comparisonWords(), kComparisons); }

} // namespace Headroom
