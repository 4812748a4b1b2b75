// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/templatefunctions.h"

#include "core/base/humanformat.h"

#include <algorithm>

namespace Headroom {

namespace {

using Kind = TemplateValue::Kind;
using Time = TemplateValue::Time;

struct BuiltIn
{
    QLatin1String name;
    Kind kind;
    Time time = Time::Iso;
    QLatin1String example{}; ///< Of the arguments; empty: it takes none.
};

constexpr BuiltIn kBuiltIns[] = {
    {QLatin1String("user"), Kind::User},
    {QLatin1String("iteration"), Kind::Iteration},
    {QLatin1String("random"), Kind::Random, Time::Iso, QLatin1String("1, 100")},
    {QLatin1String("choice"), Kind::Choice, Time::Iso, QLatin1String("a, b, c")},
    {QLatin1String("uuid"), Kind::Uuid},
    {QLatin1String("now"), Kind::Now},
    {QLatin1String("now.s"), Kind::Now, Time::Seconds},
    {QLatin1String("now.ms"), Kind::Now, Time::Milliseconds},
    {QLatin1String("now.us"), Kind::Now, Time::Microseconds},
};

const BuiltIn *builtIn(const QString &name)
{
    const auto found = std::ranges::find(kBuiltIns, name, &BuiltIn::name);
    return found == std::end(kBuiltIns) ? nullptr : found;
}

QString exampleOf(const BuiltIn &value)
{
    return value.example.isEmpty() ? QString(value.name) : QStringLiteral("%1(%2)").arg(value.name, value.example);
}

std::expected<TemplateValue, QString> randomOf(const QStringList &arguments, TemplateValue value)
{
    bool isLow = false;
    bool isHigh = false;
    if (arguments.size() == 2) {
        value.low = arguments[0].toLongLong(&isLow);
        value.high = arguments[1].toLongLong(&isHigh);
    }
    if (!isLow || !isHigh)
        return std::unexpected(QStringLiteral("random takes two whole numbers, as in random(1, 100)"));
    if (value.low > value.high)
        return std::unexpected(QStringLiteral("the lower number of random comes first; write random(%1, %2)")
                                   .arg(value.high)
                                   .arg(value.low));
    return value;
}

} // namespace

QStringList builtInNames()
{
    QStringList names;
    for (const BuiltIn &value : kBuiltIns)
        names.append(exampleOf(value));
    return names;
}

bool isBuiltIn(const QString &name) { return builtIn(name); }

std::expected<TemplateValue, QString> builtInValue(const TemplatePart &part)
{
    const BuiltIn *found = builtIn(part.text);
    Q_ASSERT(found);
    const QString example = exampleOf(*found);
    if (part.arguments.has_value() != !found->example.isEmpty())
        return std::unexpected(
            part.arguments ? QStringLiteral("'%1' takes nothing in brackets; write ${%1}").arg(part.text)
                           : QStringLiteral("'%1' needs something in brackets, as in ${%2}").arg(part.text, example));
    TemplateValue value{.kind = found->kind, .written = writtenPart(part), .time = found->time};
    if (found->kind == Kind::Random)
        return randomOf(*part.arguments, value);
    if (found->kind == Kind::Choice)
        value.choices = *part.arguments; // never empty: "()" is one empty text
    return value;
}

QString writtenPart(const TemplatePart &part)
{
    if (!part.arguments)
        return part.text;
    QStringList words;
    for (const QString &argument : *part.arguments) {
        const bool isPlain = argument == argument.trimmed() && !argument.isEmpty()
            && std::ranges::none_of(argument, [](QChar c) { return QStringView(u",()'\"").contains(c); });
        words.append(isPlain ? argument : u'\'' + argument + u'\'');
    }
    return QStringLiteral("%1(%2)").arg(part.text, words.join(QLatin1String(", ")));
}

} // namespace Headroom
