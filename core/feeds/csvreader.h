// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/feeds/feedproblem.h"

#include <QByteArrayView>

#include <vector>

namespace Headroom {

/// Takes a CSV text apart, record by record: fields between separators, quotes around what holds separators, quotes
/// (written twice) or line ends; lines end in CR LF or LF, empty ones are passed over.
///
/// Errors: with line and column: NUL, what is not UTF-8, a quote inside a field that does not begin with one, text
/// behind a closing quote, a quote that is never closed, a lone CR, limits (FeedLimits).
/// Source: RFC 4180.
class CsvReader
{
public:
    /// The text, in UTF-8 and without byte order mark, must outlive it.
    CsvReader(QByteArrayView text, char separator);

    /// The next record. False at the end of the text.
    std::expected<bool, FeedProblem> read(std::vector<QByteArray> &fields);
    /// Where the last record began; from 1.
    int line() const { return m_recordLine; }

private:
    bool isAtLineEnd() const;
    void skipLineEnd();
    std::expected<void, FeedProblem> readField(QByteArray &field);
    std::expected<void, FeedProblem> readQuoted(QByteArray &field);
    std::expected<void, FeedProblem> readPlain(QByteArray &field);
    std::expected<void, FeedProblem> checked(const QByteArray &field, qsizetype start) const;
    FeedProblem problemAt(qsizetype place, const QString &message) const;

    QByteArrayView m_text;
    char m_separator;
    qsizetype m_at = 0;
    qsizetype m_lineStart = 0;
    int m_line = 1;
    int m_recordLine = 1;
};

/// What the first line of a text has most of: comma, semicolon or tab; those in quotes do not count.
char separatorIn(QByteArrayView text);

} // namespace Headroom
