// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/loadchanges.h"
#include "core/metrics/runfacts.h"
#include "core/stats/loadpiece.h"

namespace Headroom {

/// Tells the pieces of one load apart: a new one begins with each stage, and when the load is changed by hand or by a
/// search for the limit. Frames come in order.
class LoadPieces
{
public:
    LoadPiece pieceOf(const MetricsFrame &frame, const RunFacts &facts);

private:
    LoadChanges m_changes;
    StageIndex m_stage;
    LoadPiece m_piece;
};

} // namespace Headroom
