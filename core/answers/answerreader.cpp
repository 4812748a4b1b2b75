// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/answers/answerreader.h"

#include "core/base/humanformat.h"

namespace Headroom {

std::unique_ptr<AnswerReader> AnswerReader::forStep(const Plan::Step &step)
{
    const bool asks = step.identity || !step.checks.empty() || !step.extract.empty();
    return asks ? std::unique_ptr<AnswerReader>(new AnswerReader(step)) : nullptr;
}

AnswerReader::AnswerReader(const Plan::Step &step)
{
    if (step.identity)
        m_identity.emplace(PlaceReader(step.identity->place), RequestTemplate::Bytes(step.identity->value, false),
                           step.identity->value.written());
    for (const Check &check : step.checks)
        m_checks.emplace_back(check);
    for (const auto &[variable, place] : step.extract)
        m_extractions.emplace_back(std::size_t(variable), PlaceReader(place));
}

AnswerReader::Reading AnswerReader::read(Answer &answer, const RequestValues &values) const
{
    if (auto problem = identityProblem(answer, values))
        return {FailureKind::Identity, std::move(*problem)};
    for (const AnswerCheck &check : m_checks) {
        if (auto problem = check.problem(answer, values))
            return {FailureKind::Check, std::move(*problem)};
    }
    Reading reading;
    for (const Extraction &extraction : m_extractions) {
        auto value = extracted(extraction, answer);
        if (!value)
            return {FailureKind::Check, std::move(value.error())};
        reading.extracted.push_back(*std::move(value));
    }
    return reading;
}

/// Compared as texts: 7 and 07 are two users.
std::optional<AnswerProblem> AnswerReader::identityProblem(Answer &answer, const RequestValues &values) const
{
    if (!m_identity)
        return std::nullopt;
    const auto &[place, value, written] = *m_identity;
    const auto found = place.read(answer);
    if (!found)
        return AnswerProblem{QStringLiteral("the answer does not say whose it is: %1").arg(found.error().why),
                             found.error().detail};
    const auto own = value.rendered(values);
    if (!own)
        return AnswerProblem{QStringLiteral("the identity cannot be compared: %1").arg(own.error())};
    if (found->text == *own)
        return std::nullopt;
    return AnswerProblem{
        QStringLiteral("the answer was meant for another user: %1 is not %2").arg(writtenPlace(place.place()), written),
        QStringLiteral("found %1 instead of %2")
            .arg(shownValue(place.place(), *found), formatQuoted(QString::fromUtf8(*own)))};
}

std::expected<QByteArray, AnswerProblem> AnswerReader::extracted(const Extraction &extraction, Answer &answer) const
{
    auto found = extraction.place.read(answer);
    const QString from = writtenPlace(extraction.place.place());
    if (!found)
        return std::unexpected(AnswerProblem{
            QStringLiteral("nothing was extracted from %1: %2").arg(from, found.error().why), found.error().detail});
    if (found->text.size() > kLongestVariable)
        return std::unexpected(
            AnswerProblem{QStringLiteral("nothing was extracted from %1: what stands there is longer than "
                                         "%2")
                              .arg(from, formatBytes(double(kLongestVariable)))});
    return std::move(found->text);
}

void AnswerReader::set(const Reading &reading, Variables &variables) const
{
    for (std::size_t i = 0; i < m_extractions.size(); ++i) {
        const std::size_t variable = m_extractions[i].variable;
        if (variable >= variables.size())
            variables.resize(variable + 1);
        if (i < reading.extracted.size())
            variables[variable] = reading.extracted[i];
        else
            variables[variable].reset();
    }
}

} // namespace Headroom
