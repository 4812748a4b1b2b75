// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/answerplan.h"

#include <algorithm>

namespace Headroom {

namespace {

void want(HttpRequest &request, const AnswerPlace &place)
{
    request.wantsBody = request.wantsBody || place.isInBody();
    request.wantsHeaders = request.wantsHeaders || place.isInHeaders();
}

} // namespace

void takeAnswers(Plan::Step &planned, const Scenario::Step &step, const Scenario::Target &target,
                 const std::vector<QString> &variables)
{
    planned.checks = step.checks;
    for (const auto &[name, place] : step.extract) {
        const auto found = std::ranges::find(variables, name);
        if (found != variables.end()) // else its name was refused
            planned.extract.emplace_back(int(found - variables.begin()), place);
    }
    planned.identity = step.identity ? step.identity : target.identity;
    for (const Check &check : planned.checks)
        want(planned.request, check.place);
    for (const auto &[variable, place] : planned.extract)
        want(planned.request, place);
    if (planned.identity)
        want(planned.request, planned.identity->place);
}

} // namespace Headroom
