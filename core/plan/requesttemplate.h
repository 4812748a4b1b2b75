// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"
#include "core/scenario/texttemplate.h"

namespace Headroom {

/// What the answers to a user's requests have set, by the places of Scenario::variables; in UTF-8.
using Variables = std::vector<std::optional<QByteArray>>;

/// What a user puts into its requests.
struct RequestValues
{
    std::uint64_t user = 0;
    std::uint64_t iteration = 0;
    std::uint64_t content = 0;             ///< Everything random in the iteration is a function of it.
    const Variables *variables = nullptr;  ///< The user's; null: none.
};

/// The parts of a request that differ from user to user or iteration to iteration, compiled once.
/// Thread: any; rendering changes nothing in it.
class RequestTemplate
{
public:
    /// Bytes with values between them.
    class Bytes
    {
    public:
        Bytes() = default;
        /// Range: latin1 for texts that have no other characters (headers); else UTF-8.
        Bytes(const TextTemplate &text, bool isLatin1);
        void prepend(const QByteArray &bytes);
        QByteArray rendered(const RequestValues &values) const;

    private:
        std::vector<std::pair<QByteArray, std::optional<TextTemplate::Source>>> m_pieces;
    };

    /// What is missing is the same for all.
    std::optional<Bytes> url;
    std::vector<std::pair<QByteArray, Bytes>> headers;
    std::optional<Bytes> body;

    bool isEmpty() const { return !url && headers.empty() && !body; }
    /// Completes what is the same for all: replaces URL and body, adds the headers.
    void render(const RequestValues &values, HttpRequest &request) const;
};

} // namespace Headroom
