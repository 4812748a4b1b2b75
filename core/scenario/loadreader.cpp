// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loadreader.h"

#include "core/base/humanformat.h"
#include "core/scenario/batchreader.h"
#include "core/scenario/limitreader.h"
#include "core/scenario/namekeeper.h"

#include <algorithm>

namespace Headroom {

namespace {

using Stage = Scenario::Stage;

class LoadReader
{
public:
    LoadReader(const FieldReader &fields, Problems &problems)
        : m_fields(fields)
        , m_problems(problems)
    {
    }
    Scenario::Load read();

private:
    void readShortForm();
    void readStages();
    Stage readStage(const FieldReader &fields, bool isLast);
    void readSine(const FieldReader &fields, Stage &stage);
    void checkLength(const FieldReader &fields, const Stage &stage, bool isLast);
    void checkOneKind(const std::vector<FieldReader> &items);
    void checkWhole();
    void checkCountOfEach();
    bool hasCount() const { return m_fields.written(u"iterations") || m_fields.written(u"iterations_each"); }
    void readCap();

    const FieldReader &m_fields;
    Problems &m_problems;
    Scenario::Load m_load;
};

bool isRamp(const Stage &stage)
{
    return (stage.rate && stage.rate->first != stage.rate->second)
        || (stage.users && stage.users->first != stage.users->second);
}

bool isIdle(const Stage &stage)
{
    return stage.rate ? stage.rate->first.perSecond() == 0.0 && stage.rate->second.perSecond() == 0.0
                      : !stage.users || (stage.users->first == 0.0 && stage.users->second == 0.0);
}

Scenario::Load LoadReader::read()
{
    m_load.range = Problems::shownPlace(m_fields.range());
    m_load.late = m_fields.text(u"late") == u"drop" ? Scenario::Late::Drop : Scenario::Late::Queue;
    m_load.spacing = m_fields.text(u"spacing") == u"poisson" ? Scenario::Spacing::Poisson : Scenario::Spacing::Even;
    m_load.iterations = m_fields.wholeIfWritten(u"iterations");
    m_load.iterationsEach = m_fields.wholeIfWritten(u"iterations_each");
    m_load.grace = m_fields.duration(u"grace");
    if (m_fields.written(u"batches"))
        readBatches(m_fields, m_load, m_problems);
    else if (m_fields.written(u"find_limit"))
        readFindLimit(m_fields, m_load, m_problems);
    else if (m_fields.written(u"stages"))
        readStages();
    else if (m_fields.written(u"rate") || m_fields.written(u"users"))
        readShortForm();
    else if (m_fields.range() != TextRange{}) // a missing load is reported by the schema check
        m_problems.error(m_fields.keyRange({}),
                         QStringLiteral("the load says nothing to start; write stages, or rate or users "
                                        "together with for"));
    checkCountOfEach();
    if (!m_load.batches && !m_load.findLimit)
        checkWhole();
    return m_load;
}

void LoadReader::readShortForm()
{
    Stage stage;
    stage.name = QStringLiteral("stage 1");
    stage.range = m_load.range;
    stage.rate = m_fields.rateSpanIfWritten(u"rate");
    if (m_fields.written(u"rate"))
        readCap();
    else
        stage.users = m_fields.usersSpanIfWritten(u"users");
    stage.length = m_fields.durationIfWritten(u"for").value_or(0ns);
    checkLength(m_fields, stage, true);
    m_load.stages.push_back(stage);
}

void LoadReader::readStages()
{
    if (m_fields.written(u"for")) {
        m_problems.error(
            m_fields.keyRange(u"for"),
            QStringLiteral("'for' and 'stages' exclude each other in load; give each stage its own 'for'"));
    }
    const std::vector<FieldReader> items = m_fields.items(u"stages");
    NameKeeper names(QStringLiteral("stage"), m_problems);
    for (std::size_t i = 0; i < items.size(); ++i) {
        m_load.stages.push_back(readStage(items[i], i + 1 == items.size()));
        m_load.stages.back().name = names.name(items[i]);
    }
    checkOneKind(items);
    const bool isClosed = !items.empty() && items.front().written(u"users");
    if (isClosed && m_fields.has(u"users")) {
        m_problems.error(m_fields.keyRange(u"users"),
                         QStringLiteral("'users' here is the cap of a load with a rate, but these "
                                        "stages set users themselves; remove it"));
    } else {
        readCap();
    }
}

Stage LoadReader::readStage(const FieldReader &fields, bool isLast)
{
    Stage stage;
    stage.range = Problems::shownPlace(fields.range());
    stage.rate = fields.rateSpanIfWritten(u"rate");
    stage.users = fields.usersSpanIfWritten(u"users");
    stage.length = fields.durationIfWritten(u"for").value_or(0ns);
    stage.isWarmUp = fields.boolean(u"warm_up");
    readSine(fields, stage);
    checkLength(fields, stage, isLast);
    return stage;
}

void LoadReader::readSine(const FieldReader &fields, Stage &stage)
{
    const FieldReader sine = fields.object(u"sine");
    const auto amplitude = sine.rateIfWritten(u"amplitude");
    const auto period = sine.durationIfWritten(u"period");
    if (!amplitude || !period || !stage.rate)
        return; // reported by the schema check, if it was written
    stage.sine = Scenario::Sine{*amplitude, *period};
    if (isRamp(stage)) {
        m_problems.error(fields.keyRange(u"sine"),
                         QStringLiteral("a sine swings around one rate, not along a ramp; write the rate as 50/s"));
    } else if (*amplitude > stage.rate->first) {
        m_problems.error(sine.keyRange(u"amplitude"),
                         QStringLiteral("the amplitude is above the rate, which would fall below 0; write at most %1")
                             .arg(formatRate(stage.rate->first)));
    }
    if (!fields.written(u"for") && hasCount())
        m_problems.error(fields.keyRange(u"sine"),
                         QStringLiteral("a sine needs 'for' beside it: how long it goes on, as in 10 min"));
}

void LoadReader::checkLength(const FieldReader &fields, const Stage &stage, bool isLast)
{
    if (fields.written(u"for"))
        return;
    if (!hasCount()) {
        m_problems.error(fields.keyRange({}),
                         QStringLiteral("'for' is missing: how long this takes, as in 30 s; only a load with "
                                        "'iterations' ends without it"));
    } else if (!isLast) {
        m_problems.error(fields.keyRange({}),
                         QStringLiteral("'for' is missing; only the last stage may run until the iterations "
                                        "are done"));
    } else if (isRamp(stage)) {
        m_problems.error(fields.keyRange({}), QStringLiteral("a ramp needs 'for': how long it takes, as in 30 s"));
    }
}

void LoadReader::checkOneKind(const std::vector<FieldReader> &items)
{
    const FieldReader *first = nullptr;
    for (const FieldReader &item : items) {
        const bool hasRate = item.written(u"rate");
        const bool hasUsers = item.written(u"users");
        if (hasRate == hasUsers)
            continue; // reported by the schema check
        if (!first)
            first = &item;
        if (bool(first->written(u"rate")) == hasRate)
            continue;
        m_problems.error(item.keyRange(hasRate ? u"rate" : u"users"),
                         QStringLiteral("this stage sets %1, but the one in %2 sets %3; all stages must be of one kind")
                             .arg(hasRate ? QLatin1String("a rate") : QLatin1String("users"),
                                  Problems::placeWords(first->keyRange({})),
                                  hasRate ? QLatin1String("users") : QLatin1String("a rate")));
    }
}

void LoadReader::checkCountOfEach()
{
    const bool hasUsers = !m_load.batches && !m_load.stages.empty() && m_load.stages.front().users;
    if (m_fields.written(u"iterations_each") && !hasUsers && !m_load.stages.empty())
        m_problems.error(m_fields.keyRange(u"iterations_each"),
                         QStringLiteral("'iterations_each' is for users that begin again when they are done; a load with "
                                        "a rate or batches has none, so remove it"));
}

void LoadReader::readCap()
{
    const auto cap = m_fields.usersSpanIfWritten(u"users");
    if (!cap)
        return;
    if (cap->first != cap->second || cap->first < 1.0) {
        m_problems.error(
            m_fields.find(u"users")->range,
            QStringLiteral("with a rate, 'users' is the cap on iterations under way: one number from 1 on"));
        return;
    }
    m_load.users = int(cap->first);
}

void LoadReader::checkWhole()
{
    constexpr Nanoseconds kLongest = 365 * 24h; // of all stages together; keeps every sum far inside its type
    const auto &stages = m_load.stages;
    Nanoseconds sum{};
    for (const Stage &stage : stages) {
        sum += stage.length;
        if (sum > kLongest)
            return m_problems.error(m_fields.keyRange(u"stages"),
                                    QStringLiteral("the stages together must not take more than 365 d"));
    }
    const bool isClosed = !stages.empty() && stages.front().users;
    if (isClosed && m_fields.has(u"late"))
        m_problems.warning(m_fields.keyRange(u"late"),
                           QStringLiteral("'late' has no effect without a rate; remove it"));
    if (isClosed && m_fields.has(u"spacing"))
        m_problems.error(m_fields.keyRange(u"spacing"),
                         QStringLiteral("'spacing' says how the arrivals of a rate are spread; users have none, so "
                                        "remove it, or write a rate"));
    if (!stages.empty() && std::ranges::all_of(stages, &Stage::isWarmUp))
        m_problems.warning(m_fields.keyRange(u"stages"),
                           QStringLiteral("all stages are warm-ups, so nothing is measured"));
    const bool isUntilDone = !stages.empty() && stages.back().length == 0ns && hasCount();
    if (isUntilDone && (stages.back().rate || stages.back().users) && isIdle(stages.back()))
        m_problems.error(m_fields.keyRange(u"stages"),
                         QStringLiteral("the last stage starts nothing, so the iterations are never done; "
                                        "raise it, or give it 'for'"));
}

} // namespace

Scenario::Load readLoad(const FieldReader &fields, Problems &problems) { return LoadReader(fields, problems).read(); }

} // namespace Headroom
