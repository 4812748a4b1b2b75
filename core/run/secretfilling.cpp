// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/secretfilling.h"

#include "core/base/humanformat.h"
#include "core/scenario/scenariotemplates.h"

#include <algorithm>

namespace Headroom {

Scenario withoutSecrets(const Scenario &scenario)
{
    Scenario marked = scenario;
    const auto filled = fillSecrets(marked, [](const QString &name) { return QStringLiteral("***%1***").arg(name); });
    Q_ASSERT(filled); // such a mark may stand anywhere
    return marked;
}

Result<void> takeSecrets(Preparation &preparation, const SecretValues &values, std::uint64_t seed)
{
    if (preparation.scenario.secrets.empty())
        return {};
    for (const Scenario::Secret &secret : preparation.scenario.secrets) {
        if (!std::ranges::contains(values, secret.name, &Redactor::Secret::name))
            return failure(Error::Code::InvalidInput,
                           QStringLiteral("secret %1 has no value; give it one").arg(formatQuoted(secret.name)));
    }
    const auto valueOf = [&values](const QString &name) {
        return std::ranges::find(values, name, &Redactor::Secret::name)->value;
    };
    if (const auto filled = fillSecrets(preparation.scenario, valueOf); !filled)
        return filled;
    preparation.redactor = std::make_shared<const Redactor>(values);
    Result<PlanPtr> plan = replan(preparation, preparation.plan->target, seed);
    if (!plan)
        return std::unexpected(hidden(preparation.redactor, plan.error()));
    preparation.plan = std::move(*plan);
    return {};
}

} // namespace Headroom
