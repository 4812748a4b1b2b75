// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>

namespace Headroom {

/// The keyring of the desktop, by the Secret Service API of freedesktop.org: GNOME Keyring, KWallet, KeePassXC.
///
/// A location is "service/entry", as in "headroom/API_TOKEN". Its entry has the attributes `service` and `username`, so
/// that also `secret-tool store --label=Headroom service headroom username API_TOKEN` and the `keyring` of Python make
/// one. What is locked is asked for by the keyring itself, in a window of its own.
/// Thread: any; blocks, at most kAnswerLimit a call and kPromptLimit for a
/// person. Source: Secret Service API Draft 0.2, with a "plain" session: the bus is the user's own.
class Keyring
{
public:
    static constexpr std::chrono::milliseconds kAnswerLimit{5'000};
    static constexpr std::chrono::milliseconds kPromptLimit{120'000};

    /// Errors: NotFound when there is no such entry; Unreachable without a keyring; Cancelled when it stays locked;
    /// InvalidInput for what is no location.
    static Result<QString> read(const QString &location);
    /// Makes the entry, or gives it another value.
    /// Errors: as read(); Unwritable.
    static Result<void> write(const QString &location, const QString &value);
};

} // namespace Headroom
