// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/checkreader.h"

#include "core/base/humanformat.h"
#include "core/base/quantity.h"
#include "core/base/suggestion.h"
#include "core/scenario/comparingscanner.h"

#include <algorithm>
#include <array>

namespace Headroom {

namespace {

struct Word
{
    QLatin1StringView text;
    Comparison comparison;
};
constexpr std::array kWords{
    Word{QLatin1StringView("exists"), Comparison::Exists},
    Word{QLatin1StringView("missing"), Comparison::Missing},
    Word{QLatin1StringView("contains"), Comparison::Contains},
    Word{QLatin1StringView("matches"), Comparison::Matches},
    Word{QLatin1StringView("=="), Comparison::Equal},
    Word{QLatin1StringView("!="), Comparison::NotEqual},
    Word{QLatin1StringView("<"), Comparison::Less},
    Word{QLatin1StringView("<="), Comparison::LessOrEqual},
    Word{QLatin1StringView(">"), Comparison::Greater},
    Word{QLatin1StringView(">="), Comparison::GreaterOrEqual},
};

std::optional<Comparison> comparisonOf(QStringView word)
{
    const auto found = std::ranges::find_if(kWords, [word](const Word &known) { return known.text == word; });
    return found == kWords.end() ? std::nullopt : std::optional(found->comparison);
}

QString allComparisons() { return comparisonWords().join(QLatin1String(", ")); }

/// To the end of what stands in front of the comparison.
void skipLeft(ComparingScanner &scanner)
{
    if (scanner.isAtEnd())
        return;
    if (scanner.next() == u'/')
        scanner.skipPattern();
    for (const QLatin1StringView kind :
         {QLatin1StringView("header"), QLatin1StringView("cookie"), QLatin1StringView("server-timing")}) {
        if (scanner.word() == kind) { // a name follows, whatever it is
            scanner.skip(kind.size());
            scanner.skipBlanks();
            while (!scanner.isAtEnd() && !scanner.next().isSpace() && !isSign(scanner.next()))
                scanner.skip(1);
        }
    }
    while (!scanner.isAtEnd() && !isSign(scanner.next())) {
        if (scanner.next().isSpace()) {
            ComparingScanner behind = scanner;
            behind.skipBlanks();
            if (behind.isAtEnd() || isSign(behind.next()) || comparisonOf(behind.word()))
                return;
            scanner = behind;
        } else {
            scanner.skipPart();
        }
    }
}

CheckProblem noComparison(const QString &text, qsizetype leftStart)
{
    static const QStringList words{QStringLiteral("exists"), QStringLiteral("missing"), QStringLiteral("contains"),
                                   QStringLiteral("matches")};
    const QString left = text.sliced(leftStart);
    const QStringList written = left.simplified().split(u' ');
    for (qsizetype i = 1; i < written.size(); ++i) {
        if (const QString nearest = nearestWord(written[i], words); !nearest.isEmpty()) {
            const qsizetype start = text.indexOf(written[i], leftStart + written.first().size());
            return {start, written[i].size(),
                    QStringLiteral("%1 is no comparison (did you mean '%2'?)").arg(formatQuoted(written[i]), nearest)};
        }
    }
    return {leftStart, std::max<qsizetype>(1, left.trimmed().size()),
            QStringLiteral("%1 is compared with nothing; write one of these behind it: %2")
                .arg(formatQuoted(left.trimmed()), allComparisons())};
}

using Taken = std::expected<void, CheckProblem>;

Taken refused(qsizetype start, qsizetype length, const QString &message)
{
    return std::unexpected(CheckProblem{start, std::max<qsizetype>(1, length), message});
}

/// A text in quotes or an expression in slashes, which `rest` begins with; `end`: behind the first that closes it.
Taken takeEnclosed(const QString &rest, qsizetype start, qsizetype end, Comparing &comparing)
{
    const bool isPattern = rest.front() == u'/';
    if (rest.size() < 2 || end != rest.size() || rest.back() != rest.front())
        return refused(start, rest.size(),
                       QStringLiteral("%1 does not end with the %2 that it begins with; inside, write %3")
                           .arg(formatQuoted(rest), isPattern ? QStringLiteral("slash") : QStringLiteral("quote"),
                                isPattern ? QStringLiteral("\\/ for a slash") : QStringLiteral("the other quote")));
    comparing.right = rest.sliced(1, rest.size() - 2);
    comparing.rightStart = start + 1;
    comparing.isRightQuoted = true;
    return {};
}

/// Whether a text is one word, or a number with its unit.
bool isOneValue(const QString &text)
{
    ComparingScanner scanner(text);
    while (!scanner.isAtEnd() && !scanner.next().isSpace())
        scanner.skipPart();
    return scanner.isAtEnd() || parseSize(text) || parseDuration(text) || parsePercent(text);
}

/// Reads what stands behind the comparison, from `start` on.
Taken takeRight(const QString &text, qsizetype start, Comparing &comparing)
{
    const QString rest = text.sliced(start).trimmed();
    if (comparing.comparison == Comparison::Exists || comparing.comparison == Comparison::Missing)
        return rest.isEmpty()
            ? Taken()
            : refused(start, rest.size(),
                      QStringLiteral("nothing can stand behind exists and missing; remove %1").arg(formatQuoted(rest)));
    if (rest.isEmpty())
        return refused(
            text.size(), 1,
            QStringLiteral("what to compare with is missing at the end; write it, or \"\" for an empty text"));
    comparing.rightStart = start;
    comparing.right = rest;
    if (comparing.comparison == Comparison::Matches) {
        ComparingScanner scanner(rest);
        if (rest.front() != u'/')
            return refused(start, rest.size(),
                           QStringLiteral("matches needs a regular expression in slashes, as in matches /a+b/"));
        scanner.skipPattern();
        return takeEnclosed(rest, start, scanner.position(), comparing);
    }
    if (rest.front() == u'"' || rest.front() == u'\'')
        return takeEnclosed(rest, start, rest.indexOf(rest.front(), 1) + 1, comparing);
    if (isOneValue(rest))
        return {};
    return refused(start, rest.size(),
                   QStringLiteral("a text with blanks stands in quotes; write \"%1\" in them, or one check for each "
                                  "comparison")
                       .arg(rest.left(40)));
}

} // namespace

QStringList comparisonWords()
{
    QStringList words;
    for (const Word &word : kWords)
        words.append(word.text);
    return words;
}

std::expected<Comparing, CheckProblem> parseComparing(const QString &text)
{
    ComparingScanner scanner(text);
    scanner.skipBlanks();
    Comparing comparing;
    comparing.leftStart = scanner.position();
    skipLeft(scanner);
    comparing.left = text.sliced(comparing.leftStart, scanner.position() - comparing.leftStart);
    scanner.skipBlanks();
    if (scanner.isAtEnd())
        return std::unexpected(noComparison(text, comparing.leftStart));
    const qsizetype sign = scanner.position();
    const QStringView word = isSign(scanner.next()) ? scanner.signs() : scanner.word();
    const auto comparison = comparisonOf(word);
    if (!comparison) {
        const QString hint = word == u"=" || word == u"===" ? QStringLiteral("==") : allComparisons();
        return std::unexpected(CheckProblem{
            sign, word.size(), QStringLiteral("%1 is no comparison; write %2").arg(formatQuoted(word), hint)});
    }
    if (comparing.left.isEmpty())
        return std::unexpected(
            CheckProblem{sign, word.size(),
                         QStringLiteral("something to compare is missing in front of %1").arg(formatQuoted(word))});
    comparing.comparison = *comparison;
    scanner.skip(word.size());
    scanner.skipBlanks();
    if (const auto right = takeRight(text, scanner.position(), comparing); !right)
        return std::unexpected(right.error());
    return comparing;
}

} // namespace Headroom
