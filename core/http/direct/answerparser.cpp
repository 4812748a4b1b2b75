// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/direct/answerparser.h"

namespace Headroom {

namespace {

constexpr int kSwitchingProtocols = 101;
constexpr int kFirstFinal = 200; // below it stand interim answers (RFC 9110, 15.2)

} // namespace

AnswerParser::AnswerParser()
{
    llhttp_init(&m_parser, HTTP_RESPONSE, &settings());
    llhttp_set_lenient_optional_cr_before_lf(&m_parser, 1); // RFC 9112, 2.2 allows it
    m_parser.data = this;
}

const llhttp_settings_t &AnswerParser::settings()
{
    static const llhttp_settings_t made = [] {
        llhttp_settings_t all;
        llhttp_settings_init(&all);
        all.on_status_complete = [](llhttp_t *parser) { return of(parser).statusComplete(); };
        all.on_header_field = [](llhttp_t *parser, const char *at, std::size_t length) {
            if (of(parser).isWanted())
                of(parser).m_name.add(at, length);
            return 0;
        };
        all.on_header_value = [](llhttp_t *parser, const char *at, std::size_t length) {
            if (of(parser).isWanted())
                of(parser).m_value.add(at, length);
            return 0;
        };
        all.on_header_value_complete = [](llhttp_t *parser) {
            of(parser).headerComplete();
            return 0;
        };
        all.on_headers_complete = [](llhttp_t *parser) { return of(parser).headComplete(); };
        all.on_body = [](llhttp_t *parser, const char *at, std::size_t length) {
            of(parser).m_keeper->takeBody(QByteArrayView(at, qsizetype(length)));
            return 0;
        };
        all.on_message_complete = [](llhttp_t *parser) { return of(parser).messageComplete(); };
        return all;
    }();
    return made;
}

void AnswerParser::begin(AnswerKeeper &keeper, bool isHead)
{
    llhttp_reset(&m_parser);
    m_keeper = &keeper;
    m_isHead = isHead;
    m_headBytes = 0;
    m_isInterim = m_hasHead = m_isComplete = m_isKept = false;
    m_name.clear();
    m_value.clear();
    m_problem.clear();
}

int AnswerParser::statusComplete()
{
    m_isInterim = m_parser.status_code < kFirstFinal;
    if (!m_isInterim)
        m_keeper->takeStatus(m_parser.status_code);
    return 0;
}

/// Trailers come as headers too, behind the body: nobody asks for them.
void AnswerParser::headerComplete()
{
    if (!isWanted())
        return;
    m_keeper->takeHeader(m_name.get(), m_value.get().trimmed()); // blanks behind it are not its own (RFC 9112, 5.1)
    m_name.clear();
    m_value.clear();
}

int AnswerParser::headComplete()
{
    const int status = m_parser.status_code;
    if (status == kSwitchingProtocols || status < 100) {
        m_problem = QStringLiteral("status %1").arg(status);
        m_keeper->takeStatus(status);
        m_hasHead = status >= 100;
        return -1;
    }
    if (m_isInterim)
        return 0;
    m_hasHead = true;
    return m_isHead ? 1 : 0;
}

int AnswerParser::messageComplete()
{
    if (m_isInterim)
        return 0; // the answer itself follows
    m_isComplete = true;
    m_isKept = llhttp_should_keep_alive(&m_parser) != 0;
    return HPE_PAUSED;
}

AnswerParser::Progress AnswerParser::take(QByteArrayView bytes)
{
    const bool hadHead = m_hasHead;
    const llhttp_errno_t error = llhttp_execute(&m_parser, bytes.data(), std::size_t(bytes.size()));
    m_taken = error == HPE_OK ? std::size_t(bytes.size()) : std::size_t(llhttp_get_error_pos(&m_parser) - bytes.data());
    if (m_isComplete)
        return Progress::Complete;
    for (Text *text : {&m_name, &m_value}) {
        if (text->isThere())
            text->copy();
    }
    if (error != HPE_OK)
        return broken(QString::fromLatin1(llhttp_get_error_reason(&m_parser)));
    if (!hadHead)
        m_headBytes += std::size_t(bytes.size());
    if (!m_hasHead && m_headBytes > kLongestHead)
        return broken(QStringLiteral("its head is longer than %1 KiB").arg(kLongestHead / 1024));
    return Progress::NeedsMore;
}

AnswerParser::Progress AnswerParser::broken(const QString &why)
{
    if (m_problem.isEmpty())
        m_problem = why;
    return Progress::Broken;
}

AnswerParser::Progress AnswerParser::takeEnd()
{
    if (!m_hasHead)
        return Progress::Broken;
    llhttp_finish(&m_parser);
    return m_isComplete ? Progress::Complete : Progress::Broken;
}

} // namespace Headroom
