// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/figures.h"

#include <cstdio>

namespace Headroom {

namespace {

QByteArray sentence(const FigureBound &bound)
{
    static constexpr const char *kSigns[]{"", "=", "<=", ">="};
    if (bound.kind == FigureBound::Kind::None)
        return {};
    return QByteArray(kSigns[int(bound.kind)]) + ' ' + QByteArray::number(bound.value, 'g', 4)
        + (bound.isDue ? "" : " (goal)");
}

const char *verdict(const FigureBound &bound, double value)
{
    if (bound.kind == FigureBound::Kind::None)
        return "-";
    if (bound.holds(value))
        return "ok";
    return bound.isDue ? "OVER" : "later";
}

} // namespace

bool FigureBound::holds(double figure) const
{
    switch (kind) {
    case Kind::None:
        return true;
    case Kind::Exactly:
        return figure == value;
    case Kind::AtMost:
        return figure <= value; // not a number never holds
    case Kind::AtLeast:
        return figure >= value;
    }
    Q_UNREACHABLE_RETURN(false);
}

Figures::Figures(const QByteArray &subject)
    : m_subject(subject)
{
}

void Figures::add(const QByteArray &name, double value, const char *unit, FigureBound bound)
{
    const QByteArray whole = m_subject + '.' + name;
    std::printf("%-46s %12.3f  %-13s %-15s %s\n", whole.constData(), value, unit, sentence(bound).constData(),
                verdict(bound, value));
    std::fflush(stdout);
    m_areAllFine = m_areAllFine && (bound.holds(value) || !bound.isDue);
}

void Figures::addFailure(const Error &error)
{
    std::fprintf(stderr, "%s: %s\n", m_subject.constData(), qUtf8Printable(error.text()));
    m_areAllFine = false;
}

} // namespace Headroom
