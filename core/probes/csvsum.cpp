// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/csvsum.h"

#include "core/base/humanformat.h"
#include "core/feeds/csvreader.h"

#include <algorithm>
#include <cmath>

namespace Headroom {

CsvSum::CsvSum(const QStringList &columns)
    : m_columns(columns)
    , m_sums(std::size_t(columns.size()), 0.0)
    , m_places(std::size_t(columns.size()))
{
}

void CsvSum::take(QByteArrayView bytes)
{
    qsizetype begin = 0;
    const auto keep = [&](qsizetype end) {
        const qsizetype room = kMostRecordBytes - m_rest.size();
        m_isTooLong = m_isTooLong || end - begin > room;
        m_rest.append(bytes.sliced(begin, std::min(end - begin, room)));
    };
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        m_isQuoted = m_isQuoted != (bytes[at] == '"');
        if (bytes[at] != '\n' || m_isQuoted)
            continue;
        keep(at + 1);
        begin = at + 1;
        if (m_isTooLong)
            ++m_leftOut;
        else
            takeRecord(m_rest);
        m_rest.clear();
        m_isTooLong = false;
    }
    keep(bytes.size());
    // A quote that is never closed must not swallow the rest of the file.
    if (m_isTooLong)
        m_isQuoted = false;
}

void CsvSum::beginAnew()
{
    m_rest.clear();
    m_isQuoted = false;
    m_isTooLong = false;
    m_hasHead = false;
}

void CsvSum::takeRecord(QByteArrayView record)
{
    if (!m_hasHead && record.startsWith("\xEF\xBB\xBF")) // a byte order mark
        record = record.sliced(3);
    if (!m_hasHead)
        m_separator = separatorIn(record);
    std::vector<QByteArray> cells;
    CsvReader reader(record, m_separator);
    const auto read = reader.read(cells);
    if (!read)
        ++m_leftOut;
    if (!read || !*read)
        return;
    if (!m_hasHead)
        return takeHead(cells);
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        const auto place = m_places[i];
        if (!place || !m_sums[i])
            continue;
        bool isNumber = false;
        const double number = *place < cells.size() ? cells[*place].trimmed().toDouble(&isNumber) : 0.0;
        if (isNumber && std::isfinite(number))
            m_sums[i] = *m_sums[i] + number;
        else
            ++m_leftOut;
    }
}

void CsvSum::takeHead(const std::vector<QByteArray> &cells)
{
    m_hasHead = true;
    m_problem.clear();
    QStringList names;
    for (const QByteArray &cell : cells)
        names.append(QString::fromUtf8(cell).trimmed());
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        const qsizetype place = names.indexOf(m_columns[i]);
        m_places[std::size_t(i)] = place < 0 ? std::nullopt : std::optional(std::size_t(place));
        if (place < 0 && m_problem.isEmpty())
            m_problem = QStringLiteral("has no column %1; it has %2")
                            .arg(formatQuoted(m_columns[i]), names.join(QLatin1String(", ")).left(200));
    }
}

std::vector<std::optional<double>> CsvSum::sums() const
{
    std::vector<std::optional<double>> sums = m_sums;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (!m_hasHead || !m_places[i] || !std::isfinite(sums[i].value_or(0.0)))
            sums[i].reset();
    }
    return sums;
}

} // namespace Headroom
