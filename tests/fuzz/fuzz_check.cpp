// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answerreader.h"
#include "core/scenario/checkreader.h"

#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void require(const CheckProblem &problem, const QString &text)
{
    require(!problem.message.isEmpty() && problem.length >= 1);
    require(problem.start >= 0 && problem.start <= text.size());
}

/// What a place finds in an answer is found without harm; what is shown of it is short.
void look(const AnswerPlace &place, const QByteArray &body)
{
    Exchange exchange;
    exchange.status = 200;
    exchange.headers = {{"X-Kind", body.left(100)}, {"Set-Cookie", body.left(100)}, {"Server-Timing", body.left(100)}};
    exchange.body = body;
    exchange.bytesIn = std::uint64_t(body.size());
    Answer answer(exchange);
    const PlaceReader reader(place);
    if (const auto found = reader.read(answer))
        require(shownValue(place, *found).size() <= 100);
    else
        require(!found.error().why.isEmpty());
}

} // namespace

/// The first line as a check, what stands behind it as the body that is looked into: read, taken apart and looked at
/// without harm; problems lie inside the text; a place that was read is written so that it is read the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype end = bytes.indexOf('\n');
    const QString text = QString::fromUtf8(bytes.first(end < 0 ? bytes.size() : end));
    const QByteArray body = end < 0 ? QByteArray() : bytes.sliced(end + 1);
    const auto comparing = parseComparing(text);
    if (!comparing)
        require(comparing.error(), text);
    const QString left = comparing ? comparing->left : text;
    const auto place = parsePlace(left);
    if (!place) {
        require(place.error(), left);
        return 0;
    }
    require(parsePlace(writtenPlace(*place)) == *place);
    look(*place, body);
    if (comparing && comparing->comparison != Comparison::Matches) {
        Exchange exchange;
        exchange.body = body;
        exchange.bytesIn = std::uint64_t(body.size());
        Answer answer(exchange);
        AnswerCheck({text, *place, comparing->comparison, comparing->right, {}, {}}).problem(answer, {});
    }
    return 0;
}
