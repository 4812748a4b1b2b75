// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/headrows.h"

#include "core/session/actionrows.h"
#include "core/session/connectionrows.h"
#include "core/session/judgementrows.h"
#include "core/session/observationrows.h"
#include "core/session/samplerows.h"
#include "core/session/sessiondigest.h"
#include "core/session/sessionlimits.h"

using namespace Qt::Literals::StringLiterals;

namespace Headroom {

namespace {

constexpr int kHeadKeys = 5; // of the table meta
constexpr int kClosingKeys = 7; // of the table meta

/// Finds values in a key-value table.
class KeyReader
{
public:
    KeyReader(Database &database, const char *sql)
        : m_database(database)
        , m_statement(database, sql)
    {
    }
    /// The value of a key that must be there, ready to be taken.
    Statement &required(QLatin1String key)
    {
        if (!find(key))
            m_database.failDamaged(QStringLiteral("its entry %1 is missing").arg(key));
        return m_statement;
    }
    std::optional<std::uint64_t> optionalCount(QLatin1String key)
    {
        return find(key) ? std::optional(m_statement.takeCount()) : std::nullopt;
    }
    int found() const { return m_found; }
    bool has(QLatin1String key)
    {
        m_statement.start(key);
        return m_statement.next();
    }

private:
    bool find(QLatin1String key)
    {
        const bool isThere = has(key);
        m_found += isThere;
        return isThere;
    }
    Database &m_database;
    Statement m_statement;
    int m_found = 0;
};

void expectCount(Database &database, std::int64_t found, std::int64_t expected)
{
    if (found != expected)
        database.failDamaged(QStringLiteral("it has entries that nobody knows"));
}

/// Entries of the table meta for rules by hand: 0 or 1.
std::int64_t steeredRulesKeys(Database &database)
{
    return database.integerOf("SELECT count(*) FROM meta WHERE key = 'rules_digest'");
}

using Pairs = std::vector<std::pair<QString, QString>>;

void writePairs(Database &database, const char *sql, const Pairs &pairs)
{
    Statement statement(database, sql);
    for (std::size_t position = 0; position < pairs.size(); ++position)
        statement.run(position, pairs[position].first, pairs[position].second);
}

/// Calls `takeRow` for every row; the first column must count from 0.
template <typename TakeRow> void readList(Database &database, const char *sql, TakeRow takeRow)
{
    Statement statement(database, sql);
    for (std::size_t position = 0; statement.next(); ++position) {
        if (statement.takeCount() != position || position >= kMaxSessionEntries)
            return database.failDamaged(QStringLiteral("a list has a gap or is too long"));
        takeRow(statement);
    }
}

// Here and below: braces take the columns from left to right, parentheses would not.
Pairs readPairs(Database &database, const char *sql)
{
    Pairs pairs;
    readList(database, sql, [&](Statement &row) { pairs.push_back({row.takeText(), row.takeText()}); });
    return pairs;
}

void writeLimitSearch(Statement &put, const RunFacts::LimitSearch &search)
{
    put.run("search_planned_per_s"_L1, search.plannedPerSecond);
    put.run("search_up_to_per_s"_L1, search.upToPerSecond);
    put.run("search_hold_ns"_L1, search.hold.count());
    put.run("search_confirm_ns"_L1, search.confirm.count());
    put.run("search_within"_L1, search.within);
}

void writeScalarFacts(Database &database, const RunFacts &facts)
{
    Statement put(database, "INSERT INTO facts VALUES (?, ?)");
    put.run("name"_L1, facts.name);
    put.run("target"_L1, facts.target);
    put.run("transport"_L1, facts.transport);
    put.run("is_open_model"_L1, facts.isOpenModel);
    if (facts.userCap)
        put.run("user_cap"_L1, facts.userCap);
    put.run("late_policy"_L1, facts.latePolicy);
    put.run("spacing"_L1, facts.spacing);
    put.run("seed"_L1, facts.seed);
    put.run("workers"_L1, facts.workers);
    if (facts.iterations)
        put.run("iterations"_L1, facts.iterations);
    if (facts.iterationsEach)
        put.run("iterations_each"_L1, facts.iterationsEach);
    put.run("planned_length_ns"_L1, facts.plannedLength.count());
    if (facts.batches) {
        put.run("batches"_L1, facts.batches->count);
        put.run("batch_size"_L1, facts.batches->size);
    }
    if (facts.limitSearch)
        writeLimitSearch(put, *facts.limitSearch);
    put.run("acceptance"_L1, facts.acceptance);
    put.run("machine_memory_bytes"_L1, facts.machineMemoryBytes);
    put.run("samples"_L1, storedNameOf(facts.sampleKeeping));
    if (facts.timeToReady)
        put.run("time_to_ready_ns"_L1, facts.timeToReady->count());
}

void writeFactLists(Database &database, const RunFacts &facts)
{
    writeConnectionFacts(database, facts);
    writeJudgementFacts(database, facts);
    writeObservationFacts(database, facts);
    writeActionFacts(database, facts);
    Statement flow(database, "INSERT INTO flows VALUES (?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Flow &each : facts.flows)
        flow.run(i++, each.name, each.intendedShare, each.ownRatePerSecond);
    Statement step(database, "INSERT INTO steps VALUES (?, ?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Step &each : facts.steps)
        step.run(i++, each.name, each.method, each.path, each.flow.value);
    Statement stage(database, "INSERT INTO stages VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Stage &each : facts.stages)
        stage.run(i++, each.name, each.start.count(), each.length.count(), each.from, each.to, each.isWarmUp);
    Statement series(database, "INSERT INTO series VALUES (?, ?, ?, ?)");
    for (int i = 0; const RunFacts::Series &each : facts.series)
        series.run(i++, each.probe, each.field, each.unit);
    Statement rule(database, "INSERT INTO rules VALUES (?, ?)");
    for (int i = 0; const QString &each : facts.rules)
        rule.run(i++, each);
    Statement profile(database, "INSERT INTO profiles VALUES (?, ?)");
    for (int i = 0; const QString &each : facts.profiles)
        profile.run(i++, each);
}

RunFacts::LimitSearch readLimitSearch(KeyReader &keys)
{
    RunFacts::LimitSearch search;
    search.plannedPerSecond = keys.required("search_planned_per_s"_L1).takeReal();
    search.upToPerSecond = keys.required("search_up_to_per_s"_L1).takeReal();
    search.hold = Nanoseconds(keys.required("search_hold_ns"_L1).takeInteger());
    search.confirm = Nanoseconds(keys.required("search_confirm_ns"_L1).takeInteger());
    search.within = keys.required("search_within"_L1).takeReal();
    return search;
}

RunFacts readScalarFacts(Database &database)
{
    RunFacts facts;
    KeyReader keys(database, "SELECT value FROM facts WHERE key = ?");
    facts.name = keys.required("name"_L1).takeText();
    facts.target = keys.required("target"_L1).takeText();
    facts.transport = keys.required("transport"_L1).takeText();
    facts.isOpenModel = keys.required("is_open_model"_L1).takeBool();
    facts.userCap = keys.optionalCount("user_cap"_L1);
    facts.latePolicy = keys.required("late_policy"_L1).takeText();
    facts.spacing = keys.required("spacing"_L1).takeText();
    facts.seed = std::uint64_t(keys.required("seed"_L1).takeInteger());
    facts.workers = keys.required("workers"_L1).takeInt();
    facts.iterations = keys.optionalCount("iterations"_L1);
    facts.iterationsEach = keys.optionalCount("iterations_each"_L1);
    facts.plannedLength = Nanoseconds(keys.required("planned_length_ns"_L1).takeInteger());
    if (keys.has("batches"_L1))
        facts.batches = {keys.required("batches"_L1).takeInt(), keys.required("batch_size"_L1).takeInt()};
    if (keys.has("search_planned_per_s"_L1))
        facts.limitSearch = readLimitSearch(keys);
    facts.acceptance = keys.required("acceptance"_L1).takeText();
    facts.machineMemoryBytes = keys.required("machine_memory_bytes"_L1).takeCount();
    const auto keeping = sampleKeepingFromStored(keys.required("samples"_L1).takeText());
    if (!keeping)
        database.failDamaged(QStringLiteral("it does not say which raw samples it holds"));
    facts.sampleKeeping = keeping.value_or(SampleKeeping::Off);
    if (keys.has("time_to_ready_ns"_L1))
        facts.timeToReady = Nanoseconds(keys.required("time_to_ready_ns"_L1).takeInteger());
    // By steps and not all in one: only so the allowance of work bounds what a hostile tree of pages costs.
    expectCount(database, database.integerOf("SELECT count(*) FROM (SELECT key FROM facts LIMIT 1000)"), keys.found());
    return facts;
}

void readFactLists(Database &database, RunFacts &facts)
{
    readConnectionFacts(database, facts);
    readJudgementFacts(database, facts);
    readObservationFacts(database, facts);
    readActionFacts(database, facts);
    readList(database, "SELECT * FROM flows ORDER BY flow",
             [&](Statement &row) { facts.flows.push_back({row.takeText(), row.takeReal(), row.takeOptionalReal()}); });
    readList(database, "SELECT * FROM steps ORDER BY step", [&](Statement &row) {
        facts.steps.push_back({row.takeText(), row.takeText(), row.takeText(), FlowIndex{row.takeInt()}});
    });
    readList(database, "SELECT * FROM stages ORDER BY stage", [&](Statement &row) {
        facts.stages.push_back({row.takeText(), Nanoseconds(row.takeInteger()), Nanoseconds(row.takeInteger()),
                                row.takeReal(), row.takeReal(), row.takeBool()});
    });
    readList(database, "SELECT * FROM series ORDER BY series",
             [&](Statement &row) { facts.series.push_back({row.takeText(), row.takeText(), row.takeText()}); });
    readList(database, "SELECT * FROM rules ORDER BY rule", [&](Statement &row) { facts.rules << row.takeText(); });
    readList(database, "SELECT * FROM profiles ORDER BY position",
             [&](Statement &row) { facts.profiles << row.takeText(); });
}

} // namespace

void writeHead(Database &database, const SessionHead &head)
{
    Statement put(database, "INSERT INTO meta VALUES (?, ?)");
    put.run("tool_version"_L1, head.toolVersion);
    put.run("started_at_ms"_L1, head.startedAtMs);
    put.run("scenario_file"_L1, head.scenarioFile);
    put.run("scenario_text"_L1, head.scenarioText);
    put.run("head_digest"_L1, digestOf(head));
    writePairs(database, "INSERT INTO environment VALUES (?, ?, ?)", head.environment);
    writePairs(database, "INSERT INTO overrides VALUES (?, ?, ?)", head.overrides);
    writePairs(database, "INSERT INTO dashboards VALUES (?, ?, ?)", head.facts.dashboards);
    writeScalarFacts(database, head.facts);
    writeFactLists(database, head.facts);
}

void writeClosing(Database &database, const SessionClosing &closing)
{
    Statement put(database, "INSERT INTO meta VALUES (?, ?)");
    put.run("ending"_L1, endingName(closing.ending.reason));
    put.run("ending_text"_L1, closing.ending.text);
    put.run("unfinished"_L1, closing.ending.unfinished);
    put.run("auxiliary"_L1, closing.ending.auxiliary);
    put.run("ended_at_ms"_L1, closing.endedAtMs);
    put.run("closed_cleanly"_L1, true);
    put.run("closing_digest"_L1, closing.digest);
}

void writeSteeredRules(Database &database, const QStringList &rules)
{
    database.execute("DELETE FROM steered_rules");
    Statement rule(database, "INSERT INTO steered_rules VALUES (?, ?)");
    for (int i = 0; const QString &each : rules)
        rule.run(i++, each);
    Statement digest(database, "INSERT OR REPLACE INTO meta VALUES (?, ?)");
    digest.run("rules_digest"_L1, digestOf(rules));
}

std::optional<QStringList> readSteeredRules(Database &database)
{
    QStringList rules;
    readList(database, "SELECT * FROM steered_rules ORDER BY rule", [&](Statement &row) { rules << row.takeText(); });
    if (steeredRulesKeys(database) == 0) {
        if (!rules.isEmpty())
            database.failDamaged(QStringLiteral("it has rules by hand without their digest"));
        return std::nullopt;
    }
    KeyReader keys(database, "SELECT value FROM meta WHERE key = ?");
    if (keys.required("rules_digest"_L1).takeBlob() != digestOf(rules))
        database.failDamaged(QStringLiteral("its rules by hand do not fit their digest"));
    return rules;
}

SessionHead readHead(Database &database)
{
    SessionHead head;
    head.facts = readScalarFacts(database);
    readFactLists(database, head.facts);
    head.environment = readPairs(database, "SELECT * FROM environment ORDER BY position");
    head.overrides = readPairs(database, "SELECT * FROM overrides ORDER BY position");
    head.facts.dashboards = readPairs(database, "SELECT * FROM dashboards ORDER BY position");
    KeyReader keys(database, "SELECT value FROM meta WHERE key = ?");
    head.toolVersion = keys.required("tool_version"_L1).takeText();
    head.startedAtMs = keys.required("started_at_ms"_L1).takeInteger();
    head.scenarioFile = keys.required("scenario_file"_L1).takeText();
    head.scenarioText = keys.required("scenario_text"_L1).takeBlob();
    const QByteArray digest = keys.required("head_digest"_L1).takeBlob();
    if (const QString misfit = misfitOf(head); !misfit.isEmpty())
        database.failDamaged(misfit);
    else if (digest != digestOf(head))
        database.failDamaged(QStringLiteral("its head does not fit its digest"));
    return head;
}

std::optional<SessionClosing> readClosing(Database &database)
{
    const std::int64_t entries =
        database.integerOf("SELECT count(*) FROM (SELECT key FROM meta LIMIT 1000)") - steeredRulesKeys(database);
    if (entries == kHeadKeys)
        return std::nullopt;
    SessionClosing closing;
    KeyReader keys(database, "SELECT value FROM meta WHERE key = ?");
    const auto reason = endingFromName(keys.required("ending"_L1).takeText());
    closing.ending.text = keys.required("ending_text"_L1).takeText();
    closing.ending.unfinished = keys.required("unfinished"_L1).takeCount();
    closing.ending.auxiliary = keys.required("auxiliary"_L1).takeCount();
    closing.endedAtMs = keys.required("ended_at_ms"_L1).takeInteger();
    const bool isClean = keys.required("closed_cleanly"_L1).takeBool();
    closing.digest = keys.required("closing_digest"_L1).takeBlob();
    expectCount(database, entries, kHeadKeys + kClosingKeys);
    if (!reason || !isClean || !misfitOf(closing.ending, closing.endedAtMs).isEmpty())
        database.failDamaged(QStringLiteral("its ending is not one"));
    closing.ending.reason = reason.value_or(RunEnding::Reason::Fault);
    return closing;
}

} // namespace Headroom
