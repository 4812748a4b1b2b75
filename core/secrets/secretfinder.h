// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redactor.h"
#include "core/base/result.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"

#include <functional>
#include <optional>
#include <vector>

namespace Headroom {

using SecretValues = std::vector<Redactor::Secret>;

/// Where the values of secrets are looked for.
struct SecretPlaces
{
    QString folder; ///< The scenario's, which files are relative to.
    std::function<std::optional<QString>(const QString &name)> environment{};
    /// Of "service/entry". Errors: NotFound, and whatever keeps it from being looked at.
    std::function<Result<QString>(const QString &location)> keyring{};
};
/// The environment of this process, and the keyring of the desktop.
SecretPlaces standardSecretPlaces(const QString &folder);

struct MissingSecret
{
    Scenario::Secret secret;
    QString sentence; ///< What it is, where it was looked for, what to do.
};
struct SecretFinding
{
    SecretValues values; ///< Of those that were found.
    std::vector<MissingSecret> missing;
    Diagnostics warnings; ///< As that a file can be read by everybody.
};

/// Where a secret would be kept in the keyring: as it says, else under its name.
QString keyringLocationOf(const Scenario::Secret &secret);

/// Whether a run looks for it in the keyring.
bool isSoughtInKeyring(const Scenario::Secret &secret);

/// Why a value cannot be used; empty when it can.
QString secretProblem(const QString &value);

/// Looks for the values of secrets; where there is none that can be used, that of `given` counts.
/// Thread: any; blocks as long as the keyring does.
SecretFinding findSecrets(const std::vector<Scenario::Secret> &secrets, const SecretPlaces &places,
                          const SecretValues &given = {});

/// The values of all secrets of a scenario. Errors: InvalidInput, the sentences of all that are missing.
Result<SecretFinding> findAllSecrets(const std::vector<Scenario::Secret> &secrets, const SecretPlaces &places);

} // namespace Headroom
