// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/failuretable.h"

#include <algorithm>
#include <iterator>

namespace Headroom {
namespace {

constexpr qsizetype kMaxMessageLength = 200; // UTF-16 code units, the ellipsis included

bool isPresentable(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // turns the direction of what follows, or is invisible
    case QChar::Other_Surrogate: // half of a pair
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

/// One code unit, or two where they form a pair.
QStringView characterAt(QStringView text, qsizetype i)
{
    const bool isPair = i + 1 < text.size() && text[i].isHighSurrogate() && text[i + 1].isLowSurrogate();
    return text.sliced(i, isPair ? 2 : 1);
}

char32_t codeOf(QStringView character)
{
    return character.size() == 2 ? QChar::surrogateToUcs4(character[0], character[1]) : character[0].unicode();
}

} // namespace

QString presentableMessage(QStringView message)
{
    const bool isTooLong = message.size() > kMaxMessageLength;
    const qsizetype room = isTooLong ? kMaxMessageLength - 1 : message.size();
    QString text;
    for (qsizetype i = 0; i < room;) {
        const QStringView character = characterAt(message, i);
        i += character.size();
        if (!isPresentable(codeOf(character)))
            text += QChar(QChar::ReplacementCharacter);
        else if (i <= room)
            text += character;
    }
    if (isTooLong)
        text += QChar(0x2026); // an ellipsis
    return text;
}

bool FailureTable::count(StepIndex step, FailureKind kind, int status, QStringView message)
{
    FailureCount failure{
        .step = step, .kind = kind, .status = status, .message = presentableMessage(message), .count = 1};
    const auto isSame = [&failure](const FailureCount &other) {
        return other.step == failure.step && other.kind == failure.kind && other.status == failure.status
            && other.message == failure.message;
    };
    std::vector<FailureCount> *table = &m_failures;
    auto found = std::ranges::find_if(m_failures, isSame);
    if (found == m_failures.end() && m_failures.size() >= kMaxTexts) {
        failure.status = 0;
        failure.message = QStringLiteral("further failures");
        table = &m_further;
        found = std::ranges::find_if(m_further, isSame);
    }
    if (found != table->end()) {
        ++found->count;
        return false;
    }
    m_newest = &table->emplace_back(std::move(failure));
    return isFirstOfAll(*m_newest);
}

bool FailureTable::isFirstOfAll(const FailureCount &failure)
{
    return m_known.size() < kMaxExamples
        && m_known.emplace(failure.step, failure.kind, failure.status, failure.message).second;
}

std::vector<FailureCount> FailureTable::take()
{
    std::vector<FailureCount> taken = std::move(m_failures);
    taken.insert(taken.end(), std::move_iterator(m_further.begin()), std::move_iterator(m_further.end()));
    m_failures.clear();
    m_further.clear();
    m_newest = nullptr;
    return taken;
}

} // namespace Headroom
