// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/exchange.h"
#include "core/plan/valuewriter.h"
#include "core/scenario/texttemplate.h"

namespace Headroom {

/// What the answers to a user's requests have set, by the places of Scenario::variables; in UTF-8.
using Variables = std::vector<std::optional<QByteArray>>;

struct PlannedFeed;

/// What a user puts into its requests.
struct RequestValues
{
    std::uint64_t user = 0;
    std::uint64_t iteration = 0;
    std::uint64_t content = 0;             ///< Everything random in the iteration is a function of it.
    const Variables *variables = nullptr;  ///< The user's; null: none.
    std::uint64_t number = 0;              ///< Of the iteration, by which feeds in order choose its row; others may have it where rows come again.
    std::uint64_t repetition = 0;          ///< Of the step, from 0: each draws random values of its own.
    std::int64_t unixMicroseconds = 0;     ///< When the request is sent, by the computer's clock.
    const std::vector<PlannedFeed> *feeds = nullptr; ///< The plan's; null: none.
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
        void append(const QByteArray &bytes);
        void append(const Bytes &other);
        /// Errors: a sentence, when a value is missing or cannot stand in its place.
        std::expected<QByteArray, QString> rendered(const RequestValues &values) const;

        /// Gives its random values numbers of their own, from `salt` on; where they end.
        std::uint64_t salt(std::uint64_t salt);

    private:
        std::vector<std::pair<QByteArray, std::optional<ValueWriter>>> m_pieces;
    };

    /// What is missing is the same for all.
    std::optional<Bytes> url;
    std::vector<std::pair<QByteArray, Bytes>> headers;
    std::optional<Bytes> body;

    /// Tells its random values from each other and from those of requests with another salt.
    void salt(std::uint64_t salt);
    bool isEmpty() const { return !url && headers.empty() && !body; }
    /// Completes what is the same for all: replaces URL and body, adds the headers.
    /// Errors: a sentence, when it cannot be rendered; then the request is of no use.
    std::expected<void, QString> render(const RequestValues &values, HttpRequest &request) const;
};

} // namespace Headroom
