// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

#include <optional>
#include <vector>

namespace Headroom {

/// Adds up columns of a CSV text that grows: its first record names the columns, each further one adds to them. A
/// record ends with a line end outside of quotes.
///
/// What cannot be read is left out: a record above kMostRecordBytes or against the rules of CsvReader, and a cell that
/// is no finite number. Thread: one at a time.
class CsvSum
{
public:
    static constexpr qsizetype kMostRecordBytes = 64 * 1024;

    explicit CsvSum(const QStringList &columns);

    /// The next bytes of the text.
    void take(QByteArrayView bytes);
    /// Another text follows, from its beginning; the sums stay.
    void beginAnew();

    bool hasHead() const { return m_hasHead; }
    /// A name that is wanted and that the head has not, with those that it has; empty: there is none.
    const QString &problem() const { return m_problem; }
    /// In the order of the columns. Missing before there is a head, where it has no such column, and beyond what a
    /// number can hold.
    std::vector<std::optional<double>> sums() const;
    std::uint64_t leftOut() const { return m_leftOut; } ///< Records and cells.

private:
    void takeRecord(QByteArrayView record);
    void takeHead(const std::vector<QByteArray> &cells);

    const QStringList m_columns;
    std::vector<std::optional<double>> m_sums;
    std::vector<std::optional<std::size_t>> m_places; ///< Of the columns, in a record.
    QByteArray m_rest; ///< Of a record without its end.
    bool m_isQuoted = false; ///< The next byte stands between quotes.
    bool m_isTooLong = false; ///< The record has lost bytes.
    bool m_hasHead = false;
    char m_separator = ',';
    QString m_problem;
    std::uint64_t m_leftOut = 0;
};

} // namespace Headroom
