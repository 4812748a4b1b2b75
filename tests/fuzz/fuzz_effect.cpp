// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rules/effectexpectation.h"
#include "core/scenario/objectiverule.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace {

using namespace Headroom;

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

void require(const RuleProblem &problem, const QString &text)
{
    require(!problem.message.isEmpty() && problem.position >= 0 && problem.position <= text.size());
}

void checkEffect(const QString &text)
{
    const auto effect = parseEffect(text);
    if (!effect)
        return require(effect.error(), text);
    require(!effect->metric.isEmpty());
    for (const auto &amount : {effect->least, effect->most}) {
        if (amount)
            require(std::isfinite(*amount) && *amount >= 0.0);
    }
    if (effect->least && effect->most)
        require(*effect->least <= *effect->most);
}

} // namespace

/// Whatever the text: as an expected effect it is read or has a problem inside it; its lines as row, column and cell of
/// the table of objectives make a rule or a problem.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    checkEffect(text);
    const QString rule = objectiveRule(text.section(u'\n', 0, 0), text.section(u'\n', 1, 1), text.section(u'\n', 2));
    if (const auto parsed = parseRule(rule); !parsed)
        require(parsed.error(), rule);
    return 0;
}
