// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/truthpairs.h"

namespace Headroom {

namespace {

enum Column { Id = 0, Arrival = 4, End = 6, Status = 7, ColumnCount = 8 };

} // namespace

TruthPairs pairById(const std::vector<ClientRow> &client, const QStringList &log)
{
    TruthPairs pairs;
    std::vector<bool> isPaired(client.size());
    for (const QString &row : log) {
        const QStringList columns = row.split(u','); // our path and user agent need no quotes
        bool isNumber = false;
        const auto id = columns[Id].toULongLong(&isNumber);
        if (columns.size() != ColumnCount || !isNumber || id >= client.size() || isPaired[id]) {
            ++pairs.strangers;
            continue;
        }
        isPaired[id] = true;
        pairs.disagreements += columns[Status].toInt() != client[id].status;
        pairs.client.push_back(client[id].finished - client[id].sent);
        pairs.server.emplace_back(columns[End].toLongLong() - columns[Arrival].toLongLong());
        pairs.difference.push_back(pairs.client.back() - pairs.server.back());
    }
    return pairs;
}

} // namespace Headroom
