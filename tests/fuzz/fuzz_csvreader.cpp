// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/csvreader.h"
#include "core/feeds/feedloader.h"

#include <cstddef>
#include <cstdlib>

namespace {

using namespace Headroom;

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

/// Every problem has a place in the text, and every field keeps to the limits.
void readAll(const QByteArray &text, char separator)
{
    CsvReader reader(text, separator);
    std::vector<QByteArray> fields;
    for (int line = 0;;) {
        const auto more = reader.read(fields);
        if (!more)
            return require(more.error().line >= 1 && more.error().column >= 1 && !more.error().message.isEmpty());
        if (!*more)
            return;
        require(!fields.empty() && fields.size() <= FeedLimits::kColumns && reader.line() > line);
        line = reader.line();
        for (const QByteArray &field : fields)
            require(field.size() <= FeedLimits::kFieldBytes && !field.contains('\0') && field.isValidUtf8());
    }
}

} // namespace

/// Whatever the bytes: both kinds of feeds answer with rows that have all columns, or with a problem.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const char separator : {',', ';', '\t'})
        readAll(text, separator);
    Scenario::Feed feed;
    feed.file = QStringLiteral("f");
    feed.columns = {{QStringLiteral("a"), {}}, {QStringLiteral("b"), {}}};
    for (const bool isJson : {false, true}) {
        const auto rows = rowsIn(text, isJson, feed);
        if (!rows) {
            require(!rows.error().problem.text().isEmpty());
            continue;
        }
        require((*rows)->count() > 0);
        for (std::uint64_t row = 0; row < (*rows)->count(); ++row)
            require((*rows)->cell(row, 0).size() + (*rows)->cell(row, 1).size() <= text.size() * 6);
    }
    return 0;
}
