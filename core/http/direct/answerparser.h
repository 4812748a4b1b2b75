// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/direct/answerkeeper.h"

#include <llhttp.h>

#include <utility>

namespace Headroom {

/// Reads the answers of an HTTP/1 connection from its bytes, one after the other, by RFC 9112; of what that forbids, only
/// bare line feeds pass.
///
/// Memory: nothing of an answer, but the header line that is being read when its keeper wants it.
class AnswerParser
{
public:
    static constexpr std::size_t kLongestHead = 256 * 1024; ///< Of interim answers and the last one together.

    AnswerParser();
    Q_DISABLE_COPY_MOVE(AnswerParser) // the parser within points here

    /// Begins with the answer to a request. `isHead`: it has no body, whatever it says.
    void begin(AnswerKeeper &keeper, bool isHead);

    enum class Progress { NeedsMore, Complete, Broken };
    /// Takes bytes up to the end of the answer; taken() tells how many those were.
    Progress take(QByteArrayView bytes);
    std::size_t taken() const { return m_taken; }
    /// No more bytes come: that may be the end of an answer.
    Progress takeEnd();

    bool hasHead() const { return m_hasHead; } ///< That of the answer itself is complete.
    bool hasBegun() const { return m_headBytes > 0; }
    /// Of a complete answer: whether another may follow on its connection.
    bool isConnectionKept() const { return m_isKept; }
    /// Of a broken one: why, in a clause.
    QString problem() const { return m_problem; }

private:
    static const llhttp_settings_t &settings();
    static AnswerParser &of(llhttp_t *parser) { return *static_cast<AnswerParser *>(parser->data); }
    /// A name or value, seldom in more than one piece: only then it is copied.
    class Text
    {
    public:
        void add(const char *at, std::size_t length)
        {
            if (m_own.isEmpty() && m_there.isEmpty())
                m_there = QByteArrayView(at, qsizetype(length));
            else
                copy().append(at, qsizetype(length));
        }
        /// What it was read from is about to go.
        QByteArray &copy()
        {
            m_own.append(std::exchange(m_there, {}));
            return m_own;
        }
        QByteArrayView get() const { return m_own.isEmpty() ? m_there : QByteArrayView(m_own); }
        bool isThere() const { return !m_there.isEmpty(); }
        void clear()
        {
            m_there = {};
            if (!m_own.isEmpty())
                m_own.resize(0);
        }

    private:
        QByteArrayView m_there; // among the bytes that are being taken
        QByteArray m_own;
    };

    int statusComplete();
    int headComplete();
    int messageComplete();
    bool isWanted() const { return !m_isInterim && !m_hasHead && m_keeper->wantsHeaders(); }
    void headerComplete();
    Progress broken(const QString &why);

    llhttp_t m_parser{};
    AnswerKeeper *m_keeper = nullptr;
    Text m_name; // of the header that is being read
    Text m_value;
    QString m_problem;
    std::size_t m_taken = 0;
    std::size_t m_headBytes = 0;
    bool m_isHead = false;
    bool m_isInterim = false;
    bool m_hasHead = false;
    bool m_isComplete = false;
    bool m_isKept = false;
};

} // namespace Headroom
