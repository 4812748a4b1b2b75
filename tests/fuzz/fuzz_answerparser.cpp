// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/answerparser.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

using namespace Headroom;

namespace {

/// What came of the answers of one connection.
struct Reading
{
    struct One
    {
        AnswerParser::Progress progress = AnswerParser::Progress::NeedsMore;
        bool hasHead = false;
        bool isKept = false;
        int status = 0;
        std::uint64_t bytes = 0;
        QByteArray body;
        std::vector<std::pair<QByteArray, QByteArray>> headers;
        bool operator==(const One &) const = default;
    };
    std::vector<One> answers;
    qsizetype rest = 0; ///< Behind the last.
    bool operator==(const Reading &) const = default;
};

struct Piece ///< Lengths by chance, the same for the same seed.
{
    std::uint32_t state;
    qsizetype next()
    {
        state = state * 1664525u + 1013904223u;
        return 1 + qsizetype(state >> 24) % 40;
    }
};

Reading read(QByteArrayView bytes, std::uint8_t how, bool isWhole)
{
    HttpRequest request;
    request.wantsHeaders = request.wantsBody = request.wantsCookies = true;
    Reading made;
    AnswerParser parser;
    AnswerKeeper keeper;
    Piece piece{how};
    for (bool isNext = true; isNext && made.answers.size() < 20;) {
        Exchange exchange;
        keeper.begin(request, exchange);
        parser.begin(keeper, how & 1);
        Reading::One one;
        while (one.progress == AnswerParser::Progress::NeedsMore && !bytes.isEmpty()) {
            // Own bytes, so that whoever reads beyond them, or after they are gone, is found.
            const QByteArray some =
                bytes.first(isWhole ? bytes.size() : std::min(piece.next(), bytes.size())).toByteArray();
            one.progress = parser.take(some);
            if (parser.taken() > std::size_t(some.size()))
                std::abort();
            bytes = bytes.sliced(one.progress == AnswerParser::Progress::Complete ? qsizetype(parser.taken())
                                                                                  : some.size());
        }
        if (one.progress == AnswerParser::Progress::NeedsMore && how & 2)
            one.progress = parser.takeEnd();
        keeper.end();
        isNext = one.progress == AnswerParser::Progress::Complete && parser.isConnectionKept() && !bytes.isEmpty();
        one.hasHead = parser.hasHead();
        one.isKept = isNext;
        one.status = exchange.status;
        one.bytes = exchange.bytesIn;
        one.body = exchange.body;
        if (one.progress != AnswerParser::Progress::Broken)
            one.headers = exchange.headers;
        if (exchange.bytesIn != std::uint64_t(exchange.body.size()))
            std::abort(); // the rest is too short for the body's limit
        if (one.progress == AnswerParser::Progress::Broken)
            bytes = {};
        made.answers.push_back(one);
    }
    made.rest = bytes.size();
    return made;
}

} // namespace

/// The first byte says how: 1: as answers to HEAD, 2: the connection ends behind the bytes, and in which pieces they
/// come. Those must not matter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0 || size > AnswerParser::kLongestHead)
        return 0;
    const QByteArrayView bytes(data + 1, qsizetype(size) - 1);
    if (read(bytes, data[0], true) != read(bytes, data[0], false))
        std::abort();
    return 0;
}
