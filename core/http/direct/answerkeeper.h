// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"

namespace Headroom {

/// Keeps of an answer, while it comes, what its request wants; of the rest it counts the bytes.
class AnswerKeeper
{
public:
    /// Both must live until the exchange is finished.
    void begin(const HttpRequest &request, Exchange &exchange);

    /// First of all; again after interim answers.
    void takeStatus(int status);
    /// Whether takeHeader() is of use; known from the status on.
    bool wantsHeaders() const { return m_wantsHeaders; }
    void takeHeader(QByteArrayView name, QByteArrayView value);
    void takeBody(QByteArrayView bytes);
    /// Whether more has come than the request takes.
    bool isToBeCut() const { return m_request->cutsLongBody && m_exchange->hasLongBody(); }
    /// What came of a head that was never complete is of no answer.
    void dropHead();
    /// After the last byte, or when no more will come.
    void end();

private:
    bool isHeadOfBodyWanted() const { return m_request->keepBodyOf.contains(m_exchange->status); }

    const HttpRequest *m_request = nullptr;
    Exchange *m_exchange = nullptr;
    qsizetype m_room = 0; // for bytes of the body
    bool m_wantsHeaders = false;
};

} // namespace Headroom
