// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/suite.h"

#include <QSet>

#include <cstddef>
#include <cstdlib>

namespace {

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

} // namespace

/// Whatever the bytes: the reader answers, and in a suite without errors every member has a name of its own and needs
/// only members before it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    Headroom::isSuite(text);
    const Headroom::SuiteReading reading = Headroom::readSuite(text);
    for (const Headroom::Diagnostic &diagnostic : reading.diagnostics)
        require(!diagnostic.message.isEmpty() && diagnostic.range.start.line >= 1
                && diagnostic.range.start.column >= 1);
    if (Headroom::hasErrors(reading.diagnostics))
        return 0;
    require(!reading.suite.members.empty());
    QSet<QString> names;
    for (const Headroom::Suite::Member &member : reading.suite.members) {
        require(!member.scenario.isEmpty() && !names.contains(member.name));
        for (const QString &need : member.needs)
            require(names.contains(need));
        names.insert(member.name);
    }
    for (const Headroom::Suite::Objective &objective : reading.suite.objectives)
        require(names.contains(objective.member));
    return 0;
}
