// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "tests/benchmarks/resultfiles.h"

#include <QByteArray>

namespace Headroom {

/// What a figure is held to.
struct FigureBound
{
    enum class Kind { None, Exactly, AtMost, AtLeast };
    Kind kind = Kind::None;
    double value = 0.0;
    bool isDue = true; ///< When false, a figure short of it is told as such and is no failure.

    static FigureBound none() { return {}; }
    static FigureBound exactly(double value) { return {Kind::Exactly, value}; }
    static FigureBound atMost(double value) { return {Kind::AtMost, value}; }
    static FigureBound atLeast(double value) { return {Kind::AtLeast, value}; }
    FigureBound later() const { return {kind, value, false}; }
    bool holds(double figure) const;
};

/// Prints measured figures, a line each, and remembers them and whether all were within their bounds.
class Figures
{
public:
    /// `subject` is put in front of every name.
    explicit Figures(const QByteArray &subject);
    void add(const QByteArray &name, double value, const char *unit, FigureBound bound = FigureBound::none());
    void addTable(const ResultTable &table);
    /// A sentence for who reads the figures.
    void addNote(const QString &sentence);
    /// Something of the machine that counts for these figures, such as the version of a program.
    void addFact(const QString &name, const QString &value);
    /// Something could not be measured: told on standard error, and a failure.
    void addFailure(const Error &error);
    /// Writes all of it into the folder that HEADROOM_BENCH_RESULTS names, if it does, with what machine this is.
    /// Returns the exit code of the program.
    int conclude();

private:
    BenchmarkResults m_results;
    bool m_areAllFine = true;
};

inline double milliseconds(Nanoseconds duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

} // namespace Headroom
