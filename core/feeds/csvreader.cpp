// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/feeds/csvreader.h"

#include "core/base/humanformat.h"

#include <QList>

#include <algorithm>
#include <array>
#include <tuple>

namespace Headroom {

namespace {

QString tooLong()
{
    return QStringLiteral("a field is longer than %1; is a quote not closed?")
        .arg(formatBytes(FeedLimits::kFieldBytes));
}

} // namespace

CsvReader::CsvReader(QByteArrayView text, char separator)
    : m_text(text)
    , m_separator(separator)
{
}

std::expected<bool, FeedProblem> CsvReader::read(std::vector<QByteArray> &fields)
{
    while (isAtLineEnd())
        skipLineEnd();
    m_recordLine = m_line;
    if (m_at >= m_text.size())
        return false;
    for (std::size_t count = 1;; ++count) {
        if (count > FeedLimits::kColumns)
            return std::unexpected(problemAt(
                m_at, QStringLiteral("there are more than %1 columns; remove some").arg(FeedLimits::kColumns)));
        fields.resize(std::max(fields.size(), count));
        fields[count - 1].resize(0); // keeps what it has for the next record
        if (const auto read = readField(fields[count - 1]); !read)
            return std::unexpected(read.error());
        if (m_at < m_text.size() && m_text[m_at] == m_separator) {
            ++m_at;
            continue;
        }
        fields.resize(count);
        if (isAtLineEnd())
            skipLineEnd();
        return true;
    }
}

bool CsvReader::isAtLineEnd() const
{
    return m_at < m_text.size()
        && (m_text[m_at] == '\n' || (m_text[m_at] == '\r' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '\n'));
}

void CsvReader::skipLineEnd()
{
    m_at += m_text[m_at] == '\r' ? 2 : 1;
    m_lineStart = m_at;
    ++m_line;
}

std::expected<void, FeedProblem> CsvReader::readField(QByteArray &field)
{
    const qsizetype start = m_at;
    const bool isQuoted = m_at < m_text.size() && m_text[m_at] == '"';
    const auto read = isQuoted ? readQuoted(field) : readPlain(field);
    return read ? checked(field, start) : read;
}

std::expected<void, FeedProblem> CsvReader::readQuoted(QByteArray &field)
{
    // Where it opens; a sentence is made of that on failure alone, for it costs the length of the line.
    const auto [open, line, lineStart] = std::tuple(m_at, m_line, m_lineStart);
    for (++m_at; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '"') {
            ++m_at;
            if (m_at == m_text.size() || m_text[m_at] == m_separator || isAtLineEnd())
                return {};
            if (m_text[m_at] != '"')
                return std::unexpected(problemAt(m_at,
                                                 QStringLiteral("text stands behind a closing quote; write a quote "
                                                                "inside quotes twice")));
        } else if (c == '\n') {
            m_lineStart = m_at + 1;
            ++m_line;
        }
        if (field.size() == FeedLimits::kFieldBytes)
            return std::unexpected(problemAt(m_at, tooLong()));
        field += c;
    }
    m_line = line;
    m_lineStart = lineStart;
    return std::unexpected(problemAt(open, QStringLiteral("the quote that opens here is never closed")));
}

std::expected<void, FeedProblem> CsvReader::readPlain(QByteArray &field)
{
    const qsizetype start = m_at;
    for (; m_at < m_text.size() && m_text[m_at] != m_separator && !isAtLineEnd(); ++m_at) {
        if (m_text[m_at] == '"')
            return std::unexpected(problemAt(m_at,
                                             QStringLiteral("a quote stands inside a field; put the whole field in "
                                                            "quotes and write those inside twice")));
        if (m_text[m_at] == '\r')
            return std::unexpected(problemAt(m_at, QStringLiteral("a line ends in CR alone; use CR LF or LF")));
    }
    if (m_at - start > FeedLimits::kFieldBytes)
        return std::unexpected(problemAt(start, tooLong()));
    field.append(m_text.sliced(start, m_at - start));
    return {};
}

std::expected<void, FeedProblem> CsvReader::checked(const QByteArray &field, qsizetype start) const
{
    const qsizetype place = std::max(start, m_lineStart);
    if (field.contains('\0'))
        return std::unexpected(problemAt(place, QStringLiteral("a field holds NUL; the file is no text, or UTF-16")));
    if (!field.isValidUtf8())
        return std::unexpected(problemAt(place, QStringLiteral("a field is not UTF-8; save the file as UTF-8")));
    return {};
}

FeedProblem CsvReader::problemAt(qsizetype place, const QString &message) const
{
    const auto before = QString::fromUtf8(m_text.sliced(m_lineStart, std::max<qsizetype>(0, place - m_lineStart)));
    return {m_line, int(before.toUcs4().size()) + 1, message};
}

char separatorIn(QByteArrayView text)
{
    constexpr std::array<char, 3> kSeparators{',', ';', '\t'};
    std::array<int, kSeparators.size()> counts{};
    bool isQuoted = false;
    for (const char c : text) {
        if (c == '"')
            isQuoted = !isQuoted;
        if (c == '\n' && !isQuoted)
            break;
        const auto found = std::ranges::find(kSeparators, c);
        if (found != kSeparators.end() && !isQuoted)
            ++counts[std::size_t(found - kSeparators.begin())];
    }
    return kSeparators[std::size_t(std::ranges::max_element(counts) - counts.begin())];
}

} // namespace Headroom
