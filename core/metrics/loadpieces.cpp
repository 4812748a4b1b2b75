// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/loadpieces.h"

namespace Headroom {

LoadPiece LoadPieces::pieceOf(const MetricsFrame &frame, const RunFacts &facts)
{
    const bool isChanged = m_changes.isChangedIn(frame);
    if (isChanged || frame.stage != m_stage)
        ++m_piece.number;
    m_stage = frame.stage;
    const bool isKnown = m_stage.isValid() && m_stage.at() < facts.stages.size();
    m_piece.isRamp = isKnown && facts.stages[m_stage.at()].from != facts.stages[m_stage.at()].to;
    return m_piece;
}

} // namespace Headroom
