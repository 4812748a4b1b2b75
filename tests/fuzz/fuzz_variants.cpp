// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenarioreader.h"

#include <cstddef>
#include <cstdlib>

/// The first line as "PATH=VALUE" of an override, the second as a profile, the third as an environment, the rest as the
/// scenario: whatever they are, the reader answers, and every problem has a sentence and a place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    QByteArrayList lines;
    qsizetype start = 0;
    for (int line = 0; line < 3; ++line) {
        const qsizetype end = bytes.indexOf('\n', start);
        if (end < 0)
            return 0;
        lines.append(bytes.sliced(start, end - start));
        start = end + 1;
    }
    const QString override = QString::fromUtf8(lines[0]);
    Headroom::ProfileChoice choice;
    if (!lines[1].isEmpty())
        choice.profiles.append(QString::fromUtf8(lines[1]));
    choice.environment = QString::fromUtf8(lines[2]);
    std::vector<Headroom::ScenarioOverride> overrides;
    if (!override.isEmpty())
        overrides.push_back({override.section(u'=', 0, 0), override.section(u'=', 1)});
    const Headroom::ScenarioReading reading = Headroom::readScenario(bytes.sliced(start), overrides, choice);
    for (const Headroom::Diagnostic &diagnostic : reading.diagnostics) {
        if (diagnostic.message.isEmpty() || diagnostic.range.start.line < 1 || diagnostic.range.start.column < 1)
            std::abort();
    }
    return 0;
}
