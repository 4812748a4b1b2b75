// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/acceptancetext.h"
#include "core/scenario/fieldvalue.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>

namespace {

using namespace Headroom;

void require(bool isTrue)
{
    if (!isTrue)
        std::abort();
}

void checkAcceptance(const QString &text)
{
    const auto acceptance = parseAcceptance(text);
    if (!acceptance)
        return require(!acceptance.error().message.isEmpty());
    require(acceptance->count.has_value() != acceptance->share.has_value());
    if (acceptance->share)
        require(std::isfinite(*acceptance->share) && *acceptance->share >= 0.0);
    if (!acceptance->share || *acceptance->share > 1e-6) // below, its own spelling has an exponent
        require(parseAcceptance(acceptanceText(*acceptance)).has_value());
}

} // namespace

/// Whatever the text: each parser of a scenario's scalars answers with an error or with a value inside its range.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    parseWhole(text);
    parseBoolean(text);
    if (const auto users = parseUsersSpan(text))
        require(users->first >= 0.0 && users->second >= 0.0 && std::isfinite(users->first)
                && std::isfinite(users->second));
    if (const auto rates = parseRateSpan(text))
        require(rates->first.perSecond() >= 0.0 && rates->first.perSecond() <= 1e7 && rates->second.perSecond() <= 1e7);
    if (const auto batches = parseBatches(text))
        require(batches->count >= 1 && batches->count <= 10'000 && batches->size >= 1 && batches->size <= 100'000);
    if (const auto think = parseThinkTime(text))
        require(think->low >= 0ns && think->high >= 0ns && think->mean >= 0ns); // their order is the reader's concern
    if (const auto statuses = parseStatusRange(text))
        require(statuses->low >= 100 && statuses->low <= statuses->high && statuses->high <= 999);
    checkAcceptance(text);
    for (const SchemaField &field : scenarioSchema()) {
        YamlNode scalar;
        scalar.kind = YamlNode::Kind::Scalar;
        scalar.text = text;
        valueProblem(field, scalar, QStringLiteral("field"));
    }
    return 0;
}
