// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/replayspeeds.h"

#include "core/session/sessionreplayer.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace Headroom {

namespace {

constexpr double kSpeeds[] = {SessionReplayer::kSlowest, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0,
                              SessionReplayer::kFastest};

struct SpeedTexts
{
    Q_DECLARE_TR_FUNCTIONS(SpeedTexts)
};

} // namespace

std::span<const double> replaySpeeds() { return kSpeeds; }

std::size_t nearestReplaySpeed(double speed)
{
    const auto distance = [speed](double one) { return std::abs(std::log(one / speed)); };
    return std::size_t(std::ranges::min_element(kSpeeds, {}, distance) - std::begin(kSpeeds));
}

QString replaySpeedText(double speed) { return SpeedTexts::tr("%1×").arg(speed); }

} // namespace Headroom
