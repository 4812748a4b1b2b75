// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace Headroom {

/// Takes the values of secrets out of texts that come from outside: "***NAME***" stands in their place.
///
/// Found are a value as it is, in up to two levels of escapes of URLs, forms, JSON and HTML in any mixture, in base64
/// (both alphabets, at any place of what was encoded) and in hexadecimal; long values also in part, and each longer
/// line of a value with several; and as messages print it, without its unprintable characters. Linear in the length of the text. Thread: any; immutable.
class Redactor
{
public:
    /// Below, a value would be found in innocent texts everywhere.
    static constexpr qsizetype kShortest = 4;

    struct Secret
    {
        QString name;
        QString value; ///< Range: at least kShortest bytes in UTF-8; shorter ones are not found.
    };
    /// Where a text was cut off: there a part of a value, of at least kShortest bytes, counts as well.
    enum class Cut { Nowhere, AtEnd, AtStart };

    explicit Redactor(const std::vector<Secret> &secrets);

    /// Beside an ellipsis the text counts as cut.
    QString hide(const QString &text, Cut cut = Cut::Nowhere) const;
    QByteArray hide(const QByteArray &bytes, Cut cut = Cut::Nowhere) const;

private:
    struct Needle
    {
        QByteArray bytes;
        std::size_t secret = 0;
    };
    struct Match ///< Of bytes of the text.
    {
        qsizetype start = 0;
        qsizetype end = 0;
        std::size_t secret = 0;
    };
    void add(const QByteArray &form, std::size_t secret);
    void addForms(const QByteArray &value, std::size_t secret);
    void addPrintedForms(const QString &value, std::size_t secret);
    QByteArray hideAtEllipses(const QByteArray &text) const;
    std::vector<Match> matches(const QByteArray &text, Cut cut) const;
    void findIn(const QByteArray &bytes, Cut cut, std::vector<Match> &found) const;
    void findCutStart(const QByteArray &bytes, std::vector<Match> &found) const;

    std::vector<QByteArray> m_marks; // by secret
    std::vector<Needle> m_needles; // the longest first
    QHash<quint32, std::vector<std::size_t>> m_byHead; // needles by their first bytes
};

using RedactorPtr = std::shared_ptr<const Redactor>;

/// The same where there may be none.
QString hidden(const RedactorPtr &redactor, const QString &text, Redactor::Cut cut = Redactor::Cut::Nowhere);
QByteArray hidden(const RedactorPtr &redactor, const QByteArray &bytes, Redactor::Cut cut = Redactor::Cut::Nowhere);
Error hidden(const RedactorPtr &redactor, const Error &error);

} // namespace Headroom
