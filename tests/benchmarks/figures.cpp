// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/figures.h"

#include "core/run/machinefacts.h"

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

Figures::Figures(const QByteArray &subject) { m_results.subject = QString::fromLatin1(subject); }

void Figures::add(const QByteArray &name, double value, const char *unit, FigureBound bound)
{
    const QByteArray whole = m_results.subject.toLatin1() + '.' + name;
    std::printf("%-46s %12.3f  %-13s %-15s %s\n", whole.constData(), value, unit, sentence(bound).constData(),
                verdict(bound, value));
    std::fflush(stdout);
    m_areAllFine = m_areAllFine && (bound.holds(value) || !bound.isDue);
    m_results.figures.push_back({QString::fromLatin1(whole), value, QLatin1String(unit),
                                 QString::fromLatin1(sentence(bound)), QLatin1String(verdict(bound, value))});
}

void Figures::addTable(const ResultTable &table)
{
    std::printf("\n%s\n", qUtf8Printable(markdown(table)));
    std::fflush(stdout);
    m_results.tables.push_back(table);
}

void Figures::addNote(const QString &sentence)
{
    std::printf("# %s: %s\n", qUtf8Printable(m_results.subject), qUtf8Printable(sentence));
    std::fflush(stdout);
    m_results.notes += sentence;
}

void Figures::addFact(const QString &name, const QString &value) { m_results.machine.emplace_back(name, value); }

void Figures::addFailure(const Error &error)
{
    std::fprintf(stderr, "%s: %s\n", qUtf8Printable(m_results.subject), qUtf8Printable(error.text()));
    m_areAllFine = false;
    m_results.notes += error.text();
}

int Figures::conclude()
{
    const auto facts = machineFacts();
    m_results.machine.insert(m_results.machine.begin(), facts.begin(), facts.end());
    const QString folder = qEnvironmentVariable("HEADROOM_BENCH_RESULTS");
    if (!folder.isEmpty()) {
        if (const auto written = writeResults(m_results, folder); !written)
            addFailure(written.error());
    }
    return m_areAllFine ? 0 : 1;
}

} // namespace Headroom
