// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/answersreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/checkreader.h"

namespace Headroom {

namespace {

constexpr std::size_t kMost = 100; // checks or variables of a step: each is looked for in every answer

const std::vector<YamlNode> &itemsOf(const YamlNode *list)
{
    static const std::vector<YamlNode> none;
    return list ? list->items : none;
}

void readChecks(const FieldReader &fields, Scenario::Step &step, Problems &problems)
{
    for (const YamlNode &item : itemsOf(fields.find(u"check"))) {
        if (step.checks.size() == kMost)
            return problems.error(item.range, QStringLiteral("a step has at most %1 checks; remove some").arg(kMost));
        if (auto check = readCheck(item, {fields, u"check", problems}, problems))
            step.checks.push_back(std::move(*check));
    }
}

/// The names are known already: templates all over the scenario may use them.
void readExtractions(const FieldReader &fields, Scenario::Step &step, Problems &problems)
{
    const YamlNode *extract = fields.find(u"extract");
    if (!extract)
        return;
    for (const YamlNode::Entry &entry : extract->entries) {
        if (step.extract.size() == kMost)
            return problems.error(entry.keyRange,
                                  QStringLiteral("a step sets at most %1 variables; remove some").arg(kMost));
        if (auto place = readPlace(entry.value, problems))
            step.extract.emplace_back(entry.key, std::move(*place));
    }
}

/// An answer to HEAD has no body, and one to a line has nothing else.
void refuseWhatIsNeverThere(const Scenario::Step &step, Problems &problems)
{
    const auto problem = [&step](const AnswerPlace &place) {
        if (step.isLine && place.isInHeaders())
            return QStringLiteral("the answer to a line has no headers, so nothing stands at %1; look into the body");
        if (step.method == "HEAD" && place.isInBody())
            return QStringLiteral("the answer to HEAD has no body, so nothing stands at %1; use get");
        return QString();
    };
    for (const Check &check : step.checks) {
        const QString words = problem(check.place);
        if (!words.isEmpty() && check.comparison != Comparison::Missing)
            problems.error(check.range, words.arg(writtenPlace(check.place)));
    }
    for (const auto &[name, place] : step.extract) {
        if (const QString words = problem(place); !words.isEmpty())
            problems.error(step.range, words.arg(writtenPlace(place)));
    }
    if (step.identity && !problem(step.identity->place).isEmpty())
        problems.error(step.identity->range, problem(step.identity->place).arg(writtenPlace(step.identity->place)));
}

} // namespace

std::optional<Scenario::Identity> readIdentity(const FieldReader &fields, Problems &problems)
{
    const FieldReader identity = fields.object(u"identity");
    const YamlNode *at = identity.find(u"at");
    const YamlNode *is = identity.find(u"is");
    if (!at || !is || !is->isScalar())
        return std::nullopt; // not written, or reported by SchemaCheck
    const auto place = readPlace(*at, problems);
    const auto value = TemplateReader(identity, u"is", problems).read(*is, TextPlace::Plain);
    if (value && value->isConstant())
        problems.error(is->range,
                       QStringLiteral("%1 is the same for all users, so it tells nobody from another; write what "
                                      "differs, such as agent-${user}")
                           .arg(formatQuoted(is->text)));
    if (!place || !value)
        return std::nullopt;
    return Scenario::Identity{*place, *value, Problems::shownPlace(at->range)};
}

void readAnswers(const FieldReader &fields, Scenario::Step &step, Problems &problems)
{
    readChecks(fields, step, problems);
    readExtractions(fields, step, problems);
    step.identity = readIdentity(fields, problems);
    refuseWhatIsNeverThere(step, problems);
}

} // namespace Headroom
