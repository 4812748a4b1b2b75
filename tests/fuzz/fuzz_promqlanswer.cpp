// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/promqlanswer.h"

#include <cstdint>
#include <cstdlib>

/// Whatever the text: it is read without harm, or refused with a sentence.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto answer = Headroom::parsePromQlAnswer(text);
    if (!answer && answer.error().message.size() > 300)
        std::abort();
    return 0;
}
