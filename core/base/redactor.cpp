// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redactor.h"

#include "core/base/unescape.h"

#include <QStringList>

#include <algorithm>
#include <cstring>

namespace Headroom {

namespace {

constexpr qsizetype kHead = Redactor::kShortest; // bytes that needles are found by
constexpr qsizetype kPiece = 64; // of longer forms; bounds what one place of a text costs
constexpr qsizetype kShortestLine = 8; // of a value with several lines
constexpr int kLevels = 2; // of escapes

const QByteArray kEllipsis = QByteArrayLiteral("\xe2\x80\xa6");

quint32 headOf(const char *bytes)
{
    quint32 head;
    std::memcpy(&head, bytes, sizeof head);
    return head;
}
static_assert(sizeof(quint32) == kHead);

/// What is the same in the base64 of everything that holds a value `shift` bytes behind a multiple of three.
QByteArray base64Core(const QByteArray &value, qsizetype shift, QByteArray::Base64Options alphabet)
{
    const QByteArray text = (QByteArray(shift, 'x') + value).toBase64(alphabet | QByteArray::OmitTrailingEquals);
    const qsizetype start = (shift * 8 + 5) / 6; // the first character without a bit of what is before
    const qsizetype end = (shift + value.size()) * 8 / 6; // the last that is complete
    return text.sliced(start, end - start);
}

/// As formatQuoted() prints it; empty when so little is left of it that it would be found everywhere.
QString withQuestionMarks(const QString &value)
{
    QString shown;
    qsizetype kept = 0;
    for (const char32_t character : value.toUcs4()) {
        const bool isPrinted = QChar::isPrint(character);
        shown += isPrinted ? QString::fromUcs4(&character, 1) : QStringLiteral("?");
        kept += isPrinted;
    }
    return kept >= Redactor::kShortest ? shown : QString();
}

/// As LastWords prints it, with its lines joined by `between`.
QString withBlanks(const QString &value, const QString &between)
{
    QStringList lines;
    for (QString line : value.split(u'\n')) {
        for (QChar &c : line) {
            if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
                c = u' ';
        }
        if (const QString words = line.simplified(); !words.isEmpty())
            lines.append(words);
    }
    return lines.join(between);
}

} // namespace

Redactor::Redactor(const std::vector<Secret> &secrets)
{
    for (const Secret &secret : secrets) {
        const std::size_t index = m_marks.size();
        m_marks.push_back("***" + secret.name.toUtf8() + "***");
        const QByteArray value = secret.value.toUtf8();
        addForms(value, index);
        if (const QByteArray latin1 = secret.value.toLatin1(); QString::fromLatin1(latin1) == secret.value)
            addForms(latin1, index);
        addPrintedForms(secret.value, index);
        for (const QByteArray &line : value.split('\n')) {
            if (line.trimmed().size() < kShortestLine)
                continue;
            addForms(line.trimmed(), index);
            addPrintedForms(QString::fromUtf8(line.trimmed()), index);
        }
    }
    std::ranges::stable_sort(m_needles, [](const Needle &one, const Needle &other) {
        return one.bytes.size() != other.bytes.size() ? one.bytes.size() > other.bytes.size() : one.bytes < other.bytes;
    });
    const auto repeated = std::ranges::unique(m_needles, {}, &Needle::bytes);
    m_needles.erase(repeated.begin(), repeated.end());
    for (std::size_t i = 0; i < m_needles.size(); ++i)
        m_byHead[headOf(m_needles[i].bytes.constData())].push_back(i);
}

void Redactor::addForms(const QByteArray &value, std::size_t secret)
{
    if (value.size() < kShortest)
        return;
    // A value may look escaped itself; then it is undone together with what it stands in.
    QByteArray form = value;
    for (int level = 0; level <= kLevels; ++level) {
        add(form, secret);
        add(QByteArray(form).replace(' ', '+'), secret);
        form = unescaped(form, false).bytes;
    }
    for (qsizetype shift = 0; shift < 3; ++shift) {
        add(base64Core(value, shift, QByteArray::Base64Encoding), secret);
        add(base64Core(value, shift, QByteArray::Base64UrlEncoding), secret);
    }
    add(value.toHex(), secret);
    add(value.toHex().toUpper(), secret);
}

void Redactor::addPrintedForms(const QString &value, std::size_t secret)
{
    for (const QString &form : {withQuestionMarks(value), withBlanks(value, QStringLiteral(" ")),
                                withBlanks(value, QStringLiteral(" | "))}) {
        if (form != value)
            addForms(form.toUtf8(), secret);
    }
}

/// Long forms in pieces, which are found even where only a part of them is left; the last two overlap.
void Redactor::add(const QByteArray &form, std::size_t secret)
{
    const auto keep = [&](const QByteArray &bytes) {
        if (bytes.size() >= kShortest)
            m_needles.push_back({bytes, secret});
    };
    if (form.size() <= kPiece)
        return keep(form);
    for (qsizetype start = 0; start < form.size(); start += kPiece)
        keep(form.sliced(std::min(start, form.size() - kPiece), kPiece));
}

void Redactor::findIn(const QByteArray &bytes, Cut cut, std::vector<Match> &found) const
{
    qsizetype covered = 0; // what begins and ends before this adds nothing
    for (qsizetype i = 0; i + kHead <= bytes.size(); ++i) {
        const auto candidates = m_byHead.constFind(headOf(bytes.constData() + i));
        if (candidates == m_byHead.constEnd())
            continue;
        for (const std::size_t candidate : *candidates) {
            const Needle &needle = m_needles[candidate];
            const qsizetype left = bytes.size() - i;
            const qsizetype length = cut == Cut::AtEnd ? std::min(needle.bytes.size(), left) : needle.bytes.size();
            if (length > left || i + length <= covered
                || std::memcmp(bytes.constData() + i, needle.bytes.constData(), std::size_t(length)) != 0)
                continue;
            found.push_back({i, i + length, needle.secret});
            covered = i + length;
            break; // the longest
        }
    }
}

void Redactor::findCutStart(const QByteArray &bytes, std::vector<Match> &found) const
{
    for (const Needle &needle : m_needles) {
        for (qsizetype length = std::min(needle.bytes.size(), bytes.size()); length >= kShortest; --length) {
            if (!bytes.startsWith(QByteArrayView(needle.bytes).last(length)))
                continue;
            found.push_back({0, length, needle.secret});
            break;
        }
    }
}

/// In their order, none touching another of the same secret.
std::vector<Redactor::Match> Redactor::matches(const QByteArray &text, Cut cut) const
{
    std::vector<Match> found;
    std::vector<qsizetype> from; // of the bytes looked through to those of the text; empty: they are the same
    QByteArray bytes = text;
    for (int level = 0; level <= kLevels; ++level) {
        const std::size_t before = found.size();
        findIn(bytes, cut, found);
        if (cut == Cut::AtStart)
            findCutStart(bytes, found);
        for (std::size_t i = before; i < found.size() && !from.empty(); ++i) {
            const bool isAtEnd = found[i].end == bytes.size();
            found[i] = {from[std::size_t(found[i].start)], isAtEnd ? text.size() : from[std::size_t(found[i].end)],
                        found[i].secret};
        }
        Unescaped next = unescaped(bytes, cut == Cut::AtEnd);
        if (!next.isChanged)
            break;
        for (qsizetype &place : next.from)
            place = from.empty() ? place : from[std::size_t(place)];
        from = std::move(next.from);
        bytes = std::move(next.bytes);
    }
    std::ranges::stable_sort(found, {}, &Match::start);
    std::vector<Match> merged;
    for (const Match &match : found) {
        const bool isMore = !merged.empty()
            && (match.start < merged.back().end
                || (match.start == merged.back().end && match.secret == merged.back().secret));
        if (isMore)
            merged.back().end = std::max(merged.back().end, match.end);
        else
            merged.push_back(match);
    }
    return merged;
}

QByteArray Redactor::hide(const QByteArray &bytes, Cut cut) const
{
    const std::vector<Match> found = matches(bytes, cut);
    if (found.empty())
        return bytes;
    QByteArray shown;
    qsizetype done = 0;
    for (const Match &match : found) {
        shown.append(QByteArrayView(bytes).sliced(done, match.start - done));
        shown.append(m_marks[match.secret]);
        done = match.end;
    }
    return shown + bytes.sliced(done);
}

/// What stands between ellipses, each part cut where one is.
QByteArray Redactor::hideAtEllipses(const QByteArray &text) const
{
    QByteArray shown;
    for (qsizetype start = 0; start >= 0;) {
        const qsizetype end = text.indexOf(kEllipsis, start);
        QByteArray part = text.sliced(start, (end < 0 ? text.size() : end) - start);
        if (end >= 0)
            part = hide(part, Cut::AtEnd);
        if (start > 0) {
            const qsizetype blanks = std::ranges::find_if(part, [](char c) { return c != ' '; }) - part.begin();
            part = part.first(blanks) + hide(part.sliced(blanks), Cut::AtStart);
        }
        shown += end < 0 ? part : part + kEllipsis;
        start = end < 0 ? -1 : end + kEllipsis.size();
    }
    return shown;
}

QString Redactor::hide(const QString &text, Cut cut) const
{
    const QByteArray bytes = text.toUtf8();
    const QByteArray shown = hideAtEllipses(hide(bytes, cut));
    return shown == bytes ? text : QString::fromUtf8(shown);
}

QString hidden(const RedactorPtr &redactor, const QString &text, Redactor::Cut cut)
{
    return redactor ? redactor->hide(text, cut) : text;
}

QByteArray hidden(const RedactorPtr &redactor, const QByteArray &bytes, Redactor::Cut cut)
{
    return redactor ? redactor->hide(bytes, cut) : bytes;
}

Error hidden(const RedactorPtr &redactor, const Error &error)
{
    return {error.code, hidden(redactor, error.message), hidden(redactor, error.subject)};
}

} // namespace Headroom
