// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/actionreader.h"

#include "core/scenario/capturereader.h"
#include "core/scenario/flowreader.h"
#include "core/scenario/namekeeper.h"
#include "core/scenario/templatereader.h"

#include <algorithm>

namespace Headroom {

namespace {

using Action = Scenario::Action;
using When = Action::When;

constexpr QStringView kTriggers[] = {u"at", u"when", u"by_hand"};
/// Of a request; "headers" are those of a profile by URL, too.
constexpr QStringView kOfCall[] = {u"query", u"headers", u"json", u"text", u"form", u"file", u"multipart", u"expect"};

class ActionReader
{
public:
    ActionReader(const FieldReader &target, Problems &problems)
        : m_target(target)
        , m_problems(problems)
        , m_names(QStringLiteral("action"), problems)
    {
    }
    Action read(const FieldReader &fields);

private:
    Action readDoing(const FieldReader &fields);
    Action readRung(const FieldReader &fields, const Action &ladder);
    void readTrigger(const FieldReader &fields, Action &action);
    void readPlace(const FieldReader &fields, Action &action);
    void readLadder(const FieldReader &fields, Action &action);
    void refuse(const FieldReader &fields, QStringView field, const QString &why);

    const FieldReader m_target;
    Problems &m_problems;
    NameKeeper m_names;
};

void ActionReader::refuse(const FieldReader &fields, QStringView field, const QString &why)
{
    if (fields.written(field))
        m_problems.error(fields.keyRange(field), QStringLiteral("'%1' %2, so remove it").arg(field, why));
}

Action ActionReader::read(const FieldReader &fields)
{
    Action action = readDoing(fields);
    readTrigger(fields, action);
    if (fields.written(u"ladder"))
        readLadder(fields, action);
    return action;
}

/// What is done, whenever that is.
Action ActionReader::readDoing(const FieldReader &fields)
{
    Action action;
    action.range = Problems::shownPlace(fields.range());
    action.name = m_names.name(fields);
    action.expectEffect = fields.text(u"expect_effect").trimmed();
    action.settle = fields.duration(u"settle");
    action.window = fields.duration(u"window");
    action.within = fields.duration(u"within");
    action.stopsTarget = fields.written(u"stop");
    const bool isProfile = fields.has(u"profile");
    const bool isByUrl = isProfile && fields.object(u"profile").has(u"url");
    if (fields.written(u"command") || fields.written(u"ladder") || action.stopsTarget || isProfile) {
        for (const QStringView field : kOfCall) {
            if (!isByUrl || field != u"headers")
                refuse(fields, field, QStringLiteral("belongs to a request, and this is none"));
        }
    } else {
        action.call = readCall(fields, m_problems);
    }
    if (action.stopsTarget) {
        for (const QStringView field : {u"expect_effect", u"settle", u"window"})
            refuse(fields, field, QStringLiteral("needs load behind the action, and this one ends it"));
    }
    if (isProfile)
        readCapture(fields, m_target, action, m_problems);
    if (const YamlNode *command = fields.find(u"command")) {
        const auto text = TemplateReader(fields, u"command", m_problems).read(*command, TextPlace::Plain);
        if (text && text->isConstant())
            action.command = text->constant();
    }
    return action;
}

void ActionReader::readTrigger(const FieldReader &fields, Action &action)
{
    if (fields.has(u"when")) {
        action.when = When::Rule;
        action.rule = fields.text(u"when").trimmed();
    } else if (fields.has(u"at")) {
        readPlace(fields, action);
    } else {
        action.when = When::ByHand;
        if (!fields.written(u"by_hand") && fields.range() != TextRange{})
            m_problems.error(fields.keyRange({}),
                             QStringLiteral("nothing says when the action is done; write at: 60 s, at: start of burst, "
                                            "when: p95 > 900 ms for 5 s, or by_hand: true"));
    }
}

/// "60 s", "start of burst" or "end of burst".
void ActionReader::readPlace(const FieldReader &fields, Action &action)
{
    const QString place = fields.text(u"at").simplified();
    if (const auto time = parseDuration(place)) {
        action.when = When::AtTime;
        action.at = *time;
        return;
    }
    for (const auto &[words, when] : {std::pair(QLatin1String("start of "), When::StageStart),
                                      std::pair(QLatin1String("end of "), When::StageEnd)}) {
        if (place.startsWith(words) && place.size() > words.size()) {
            action.when = when;
            action.stage = place.sliced(words.size());
            return;
        }
    }
    if (const YamlNode *node = fields.find(u"at"); node && node->isScalar())
        m_problems.error(
            node->range,
            QStringLiteral("'at' takes a time since the start, such as 60 s, or a border of a stage: start of "
                           "burst, end of burst"));
}

void ActionReader::readLadder(const FieldReader &fields, Action &action)
{
    if (action.when != When::Rule)
        m_problems.error(
            fields.keyRange(u"ladder"),
            QStringLiteral("a ladder is climbed while a condition stays true; write it as 'when' beside it"));
    for (const QStringView field : {u"expect_effect", u"settle", u"window", u"within"})
        refuse(fields, field, QStringLiteral("belongs to the rungs of a ladder"));
    for (const FieldReader &rung : fields.items(u"ladder"))
        action.ladder.push_back(readRung(rung, action));
}

Action ActionReader::readRung(const FieldReader &fields, const Action &ladder)
{
    for (const QStringView field : kTriggers)
        refuse(fields, field, QStringLiteral("stands beside the ladder, whose rungs are done one after the other"));
    refuse(fields, u"ladder", QStringLiteral("makes no sense in a rung"));
    Action rung = readDoing(fields);
    rung.when = When::Rule;
    rung.rule = ladder.rule;
    return rung;
}

} // namespace

std::vector<Action> readActions(const FieldReader &root, Problems &problems)
{
    std::vector<Action> actions;
    ActionReader reader(root.object(u"target"), problems);
    for (const FieldReader &fields : root.items(u"actions"))
        actions.push_back(reader.read(fields));
    return actions;
}

} // namespace Headroom
