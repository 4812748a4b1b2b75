// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/checkreader.h"

#include "core/base/boundedpattern.h"
#include "core/base/humanformat.h"
#include "core/base/quantity.h"

#include <chrono>

namespace Headroom {

namespace {

using Kind = AnswerPlace::Kind;

bool isOrdering(Comparison comparison)
{
    return comparison == Comparison::Less || comparison == Comparison::LessOrEqual || comparison == Comparison::Greater
        || comparison == Comparison::GreaterOrEqual;
}

bool isOfNumbers(Comparison comparison)
{
    return isOrdering(comparison) || comparison == Comparison::Equal || comparison == Comparison::NotEqual;
}

/// "time": of places that every answer has, and that are numbers.
QString nameOfMeasure(Kind kind)
{
    switch (kind) {
    case Kind::Status:
        return QStringLiteral("status");
    case Kind::Size:
        return QStringLiteral("size");
    case Kind::Time:
        return QStringLiteral("time");
    case Kind::FirstByte:
        return QStringLiteral("first_byte");
    default:
        return {};
    }
}

QString exampleOf(Kind kind)
{
    switch (kind) {
    case Kind::Status:
        return QStringLiteral("status == 200");
    case Kind::Size:
        return QStringLiteral("size >= 10 B");
    default:
        return QStringLiteral("time < 500 ms");
    }
}

std::optional<double> milliseconds(const Result<Nanoseconds> &duration)
{
    return duration ? std::optional(std::chrono::duration<double, std::milli>(*duration).count()) : std::nullopt;
}

/// A constant right side as a number in the unit of the place.
Result<std::optional<double>> numberOf(Kind kind, const QString &text)
{
    switch (kind) {
    case Kind::Time:
    case Kind::FirstByte:
    case Kind::ServerTiming: {
        const auto duration = parseDuration(text);
        return duration ? Result<std::optional<double>>(milliseconds(duration)) : std::unexpected(duration.error());
    }
    case Kind::Size:
        return parseSize(text).transform([](std::int64_t bytes) { return std::optional(double(bytes)); });
    case Kind::Status:
        if (const auto number = parseNumber(text); number && *number >= 100 && *number <= 999)
            return std::optional(*number);
        return failure(
            Error::Code::InvalidInput,
            QStringLiteral("%1 is no status code; write three digits, or 2xx in expect").arg(formatQuoted(text)));
    default:
        return parseNumber(text).transform([](double number) { return std::optional(number); }).value_or(std::nullopt);
    }
}

/// Why this comparison makes no sense of this place.
QString misfit(const AnswerPlace &place, Comparison comparison)
{
    const QString measure = nameOfMeasure(place.kind);
    if (!measure.isEmpty() && !isOfNumbers(comparison))
        return QStringLiteral("%1 is a number that every answer has; compare it, as in %2")
            .arg(measure, exampleOf(place.kind));
    return {};
}

/// Completes a check with its right side. Empty when all is well.
QString takeRight(Check &check, const Comparing &written)
{
    const QString &constant = check.value.constant();
    if (check.comparison == Comparison::Matches) {
        if (!check.value.isConstant())
            return QStringLiteral("a regular expression is the same for all answers; only vars can stand in it");
        const auto pattern = boundedPattern(constant);
        return pattern ? QString() : QStringLiteral("%1: %2").arg(formatQuoted(constant), pattern.error().message);
    }
    if (!check.value.isConstant() || !isOfNumbers(check.comparison) || written.isRightQuoted)
        return {};
    const auto number = numberOf(check.place.kind, constant);
    if (!number)
        return number.error().message;
    check.number = *number;
    if (!check.number && constant.contains(u' '))
        return QStringLiteral(
                   "%1 has a unit, and what stands in an answer has none; write the number alone, or a text in "
                   "quotes")
            .arg(formatQuoted(constant));
    return {};
}

} // namespace

YamlNode partOf(const YamlNode &scalar, qsizetype start, qsizetype length)
{
    YamlNode part;
    part.kind = YamlNode::Kind::Scalar;
    part.text = scalar.text.sliced(start, length);
    part.range = scalar.range;
    const TextRange &whole = scalar.range;
    const qsizetype quotes = scalar.isQuoted ? 2 : 0;
    if (whole.start.line == whole.end.line && whole.end.column - whole.start.column == scalar.text.size() + quotes) {
        part.range.start.column = whole.start.column + int(quotes / 2 + start);
        part.range.end = {whole.start.line, part.range.start.column + int(length)};
    }
    return part;
}

namespace {

void report(const YamlNode &scalar, const CheckProblem &problem, Problems &problems)
{
    const qsizetype start = std::min(problem.start, scalar.text.size());
    problems.error(partOf(scalar, start, std::min(problem.length, scalar.text.size() - start)).range, problem.message);
}

} // namespace

std::optional<AnswerPlace> readPlace(const YamlNode &scalar, Problems &problems)
{
    if (!scalar.isScalar() || problems.isFull())
        return std::nullopt; // reported by SchemaCheck
    const auto place = parsePlace(scalar.text);
    if (!place) {
        report(scalar, place.error(), problems);
        return std::nullopt;
    }
    return *place;
}

std::optional<Check> readCheck(const YamlNode &scalar, const TemplateReader &templates, Problems &problems)
{
    if (!scalar.isScalar() || problems.isFull())
        return std::nullopt;
    const auto written = parseComparing(scalar.text);
    if (!written) {
        report(scalar, written.error(), problems);
        return std::nullopt;
    }
    const YamlNode left = partOf(scalar, written->leftStart, written->left.size());
    const auto place = readPlace(left, problems);
    if (!place)
        return std::nullopt;
    Check check{scalar.text.trimmed(), *place, written->comparison, {}, {}, Problems::shownPlace(scalar.range)};
    if (place->kind == Kind::Body && isOrdering(check.comparison))
        check.place.kind = Kind::Size; // body < 1 MiB
    if (const QString problem = misfit(check.place, check.comparison); !problem.isEmpty()) {
        problems.error(scalar.range, problem);
        return std::nullopt;
    }
    const YamlNode right = partOf(scalar, written->rightStart, written->right.size());
    const auto value = templates.read(right, TextPlace::Plain);
    if (!value)
        return std::nullopt;
    check.value = *value;
    if (const QString problem = takeRight(check, *written); !problem.isEmpty()) {
        problems.error(right.range, problem);
        return std::nullopt;
    }
    return check;
}

} // namespace Headroom
