// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionschema.h"

#include <vector>

namespace Headroom {

namespace {

// Every table is STRICT: a value of another type cannot come in. Indices count from 0 as in RunFacts.
// The id of a row of a second is second x 1,048,576 + which of its rows it is (rowkey.h), so that any second is found
// without an index. Where a comment says "by step" that is the step's index, else rows are counted from 0.
// A digest covers all values of a head, event or frame as they were written; a frame's also covers the one before it.
constexpr const char *kTables[] = {
    // Of the run: tool_version, started_at_ms, scenario_file, scenario_text, head_digest; rules_digest; and once it is
    // closed cleanly
    // ending, ending_text, unfinished, auxiliary, ended_at_ms, closed_cleanly, closing_digest.
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    // RunFacts: name, target, transport, is_open_model, user_cap, late_policy, spacing, seed (as signed), workers,
    // iterations, iterations_each, planned_length_ns, batches, batch_size, search_planned_per_s, search_up_to_per_s,
    // search_hold_ns, search_confirm_ns, search_within, acceptance,
    // machine_memory_bytes, samples, time_to_ready_ns; what a run does not have is absent.
    "CREATE TABLE facts (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    // One row: how connections were made, beside the transport; family is any, ipv4 or ipv6.
    "CREATE TABLE connections (is_tls INTEGER NOT NULL, is_verified INTEGER NOT NULL, is_resumed INTEGER NOT NULL,"
    " has_authorities INTEGER NOT NULL, has_certificate INTEGER NOT NULL, server_name TEXT NOT NULL,"
    " is_reused INTEGER NOT NULL, is_http2 INTEGER NOT NULL, streams INTEGER NOT NULL, family TEXT NOT NULL,"
    " is_resolved_each_time INTEGER NOT NULL, socket TEXT NOT NULL) STRICT",
    "CREATE TABLE connection_sources (position INTEGER PRIMARY KEY, address TEXT NOT NULL) STRICT",
    "CREATE TABLE environment (position INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL) STRICT",
    // What was chosen: "mode: stub", "environment: staging".
    "CREATE TABLE profiles (position INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT",
    // Pages that show the time of the run.
    "CREATE TABLE dashboards (position INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL) STRICT",
    "CREATE TABLE overrides (position INTEGER PRIMARY KEY, path TEXT NOT NULL, value TEXT NOT NULL) STRICT",
    "CREATE TABLE flows (flow INTEGER PRIMARY KEY, name TEXT NOT NULL, intended_share REAL NOT NULL,"
    " own_rate_per_s REAL) STRICT",
    "CREATE TABLE steps (step INTEGER PRIMARY KEY, name TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,"
    " flow INTEGER NOT NULL) STRICT",
    "CREATE TABLE stages (stage INTEGER PRIMARY KEY, name TEXT NOT NULL, start_ns INTEGER NOT NULL,"
    " length_ns INTEGER NOT NULL, load_from REAL NOT NULL, load_to REAL NOT NULL, is_warm_up INTEGER NOT NULL) STRICT",
    "CREATE TABLE series (series INTEGER PRIMARY KEY, probe TEXT NOT NULL, field TEXT NOT NULL,"
    " unit TEXT NOT NULL) STRICT",
    "CREATE TABLE actions (action INTEGER PRIMARY KEY, name TEXT NOT NULL, ladder TEXT NOT NULL, text TEXT NOT NULL,"
    " done_when TEXT NOT NULL, expect_effect TEXT NOT NULL, settle_ns INTEGER NOT NULL, window_ns INTEGER NOT NULL,"
    " is_by_hand INTEGER NOT NULL, stops_target INTEGER NOT NULL) STRICT",
    // In the second in which they ended.
    "CREATE TABLE action_seconds (id INTEGER PRIMARY KEY, action INTEGER NOT NULL, at_ns INTEGER NOT NULL,"
    " took_ns INTEGER NOT NULL, is_done INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
    // How the target ended, of an action that told it to; with the id of that.
    "CREATE TABLE drains (id INTEGER PRIMARY KEY, finished INTEGER NOT NULL, unfinished INTEGER NOT NULL,"
    " turned_away INTEGER NOT NULL, refused INTEGER NOT NULL, broken INTEGER NOT NULL, accepted INTEGER NOT NULL,"
    " last_accepted_ns INTEGER NOT NULL, took_ns INTEGER NOT NULL, within_ns INTEGER NOT NULL,"
    " was_killed INTEGER NOT NULL, exit_code INTEGER) STRICT",
    "CREATE TABLE observations (observation INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL,"
    " unit TEXT NOT NULL, is_of_rejections INTEGER NOT NULL, expected_share REAL) STRICT",
    "CREATE TABLE rules (rule INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    // Cells of the table of objectives, and requirements; each with the rule that it is judged by.
    "CREATE TABLE objectives (objective INTEGER PRIMARY KEY, line TEXT NOT NULL, metric TEXT NOT NULL,"
    " rule INTEGER NOT NULL) STRICT",
    "CREATE TABLE requirements (requirement INTEGER PRIMARY KEY, id TEXT NOT NULL, text TEXT NOT NULL,"
    " rule INTEGER NOT NULL) STRICT",
    // Rules that must be met whatever the acceptance.
    "CREATE TABLE required_rules (position INTEGER PRIMARY KEY, rule INTEGER NOT NULL, is_implicit INTEGER NOT NULL,"
    " is_counted INTEGER NOT NULL) STRICT",
    // The run's rules after a hand has changed them: what counts then. Meta has rules_digest exactly if that happened.
    "CREATE TABLE steered_rules (rule INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "CREATE TABLE frames (second INTEGER PRIMARY KEY, length_ns INTEGER NOT NULL, stage INTEGER NOT NULL,"
    " is_measured INTEGER NOT NULL, is_drain INTEGER NOT NULL, offered_per_s REAL NOT NULL,"
    " planned_users REAL NOT NULL, first_byte_times BLOB NOT NULL, opened INTEGER NOT NULL,"
    " resumed INTEGER NOT NULL, resolve_times BLOB NOT NULL, connect_times BLOB NOT NULL, tls_times BLOB NOT NULL,"
    " send_lag BLOB NOT NULL, loop_lag BLOB NOT NULL, sends INTEGER NOT NULL,"
    " late_sends INTEGER NOT NULL, backlog INTEGER NOT NULL, in_flight INTEGER NOT NULL,"
    " active_users INTEGER NOT NULL, in_flight_s REAL NOT NULL, backlog_s REAL NOT NULL,"
    " worker_cpu_s REAL NOT NULL, process_cpu_s REAL NOT NULL, busy_s REAL NOT NULL, load_wait_s REAL NOT NULL,"
    " wait_s REAL NOT NULL, connections INTEGER NOT NULL, descriptors INTEGER NOT NULL,"
    " descriptor_limit INTEGER NOT NULL, digest BLOB NOT NULL) STRICT",
    // A row for each worker of each frame, by worker.
    "CREATE TABLE worker_seconds (id INTEGER PRIMARY KEY, loop_lag_p99_ns INTEGER NOT NULL,"
    " cpu_s REAL NOT NULL, wait_s REAL NOT NULL) STRICT",
    // The next five hold only what is not zero. By flow.
    "CREATE TABLE flow_seconds (id INTEGER PRIMARY KEY, planned INTEGER NOT NULL,"
    " started INTEGER NOT NULL, completed INTEGER NOT NULL, dropped INTEGER NOT NULL) STRICT",
    // By step. Service times are absent where they are the response times.
    "CREATE TABLE step_seconds (id INTEGER PRIMARY KEY, requests INTEGER NOT NULL,"
    " answered INTEGER NOT NULL, rejected INTEGER NOT NULL, errors INTEGER NOT NULL, censored INTEGER NOT NULL,"
    " resends INTEGER NOT NULL, redirects INTEGER NOT NULL, bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL,"
    " response_times BLOB NOT NULL, service_times BLOB, rejected_times BLOB NOT NULL,"
    " failed_times BLOB NOT NULL) STRICT",
    "CREATE TABLE step_statuses (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, status INTEGER NOT NULL,"
    " count INTEGER NOT NULL) STRICT",
    "CREATE TABLE step_failures (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, kind TEXT NOT NULL,"
    " count INTEGER NOT NULL) STRICT",
    // The same, merged over every minute that was over; the id is made of the minute instead of the second, by step.
    "CREATE TABLE step_minutes (id INTEGER PRIMARY KEY, digest BLOB NOT NULL, requests INTEGER NOT NULL,"
    " answered INTEGER NOT NULL, rejected INTEGER NOT NULL, errors INTEGER NOT NULL, censored INTEGER NOT NULL,"
    " resends INTEGER NOT NULL, redirects INTEGER NOT NULL, bytes_in INTEGER NOT NULL, bytes_out INTEGER NOT NULL,"
    " response_times BLOB NOT NULL, service_times BLOB, rejected_times BLOB NOT NULL,"
    " failed_times BLOB NOT NULL) STRICT",
    "CREATE TABLE minute_statuses (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, status INTEGER NOT NULL,"
    " count INTEGER NOT NULL) STRICT",
    "CREATE TABLE minute_failures (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, kind TEXT NOT NULL,"
    " count INTEGER NOT NULL) STRICT",
    // By series.
    "CREATE TABLE probe_values (id INTEGER PRIMARY KEY, value REAL NOT NULL) STRICT",
    // Only what answers said anything of, by observation; the histogram is of the value x 1,000,000.
    "CREATE TABLE observation_seconds (id INTEGER PRIMARY KEY, count INTEGER NOT NULL,"
    " missing INTEGER NOT NULL, hits INTEGER NOT NULL, sum REAL NOT NULL, min REAL NOT NULL, max REAL NOT NULL,"
    " histogram BLOB NOT NULL) STRICT",
    "CREATE TABLE messages (message INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "CREATE TABLE failures (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, kind TEXT NOT NULL,"
    " status INTEGER NOT NULL, message INTEGER NOT NULL, count INTEGER NOT NULL) STRICT",
    // With the id of its failure. The body is cut, body_bytes says how long all of it was.
    "CREATE TABLE failure_examples (id INTEGER PRIMARY KEY, method TEXT NOT NULL,"
    " url TEXT NOT NULL, content_type TEXT NOT NULL, body BLOB NOT NULL, body_bytes INTEGER NOT NULL,"
    " detail TEXT NOT NULL) STRICT",
    // Slow exchanges, each as it finished. Times as of raw samples; what its connection took when it was opened for it.
    "CREATE TABLE exemplars (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, planned_ns INTEGER NOT NULL,"
    " sent_ns INTEGER NOT NULL, first_byte_ns INTEGER NOT NULL, finished_ns INTEGER NOT NULL, status INTEGER NOT NULL,"
    " outcome INTEGER NOT NULL, failure TEXT NOT NULL, resends INTEGER NOT NULL, bytes_in INTEGER NOT NULL,"
    " bytes_out INTEGER NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL, resolve_ns INTEGER, connect_ns INTEGER,"
    " tls_ns INTEGER, is_resumed INTEGER) STRICT",
    // Of batches: their own times count from the start of the run. Position: which of the second's batches, from 0.
    "CREATE TABLE batches (id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, start_ns INTEGER NOT NULL,"
    " end_ns INTEGER NOT NULL, iterations INTEGER NOT NULL, completed INTEGER NOT NULL, requests INTEGER NOT NULL,"
    " errors INTEGER NOT NULL, rejected INTEGER NOT NULL, response_times BLOB NOT NULL) STRICT",
    "CREATE TABLE batch_values (id INTEGER PRIMARY KEY, position INTEGER NOT NULL, series INTEGER NOT NULL,"
    " value REAL NOT NULL) STRICT",
    // Without a second: of no frame.
    "CREATE TABLE events (second INTEGER, at_ns INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,"
    " digest BLOB NOT NULL) STRICT",
    // Requests that finished in a second, kept whole: as many as were kept of as many as could have been. The block is
    // told in samplecodec.h.
    "CREATE TABLE samples (second INTEGER PRIMARY KEY, candidates INTEGER NOT NULL, kept INTEGER NOT NULL,"
    " digest BLOB NOT NULL, block BLOB NOT NULL) STRICT",
    // Files: their bytes as one frame of Zstandard, in parts; the id of a part is made of the attachment.
    "CREATE TABLE attachments (attachment INTEGER PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL,"
    " at_ns INTEGER NOT NULL, bytes INTEGER NOT NULL, stored_bytes INTEGER NOT NULL, digest BLOB NOT NULL) STRICT",
    "CREATE TABLE attachment_parts (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
};

struct SchemaEntry
{
    QString type;
    QString name;
    QString table;
    QString sql;
    bool operator==(const SchemaEntry &) const = default;
};

std::vector<SchemaEntry> schemaOf(Database &database)
{
    std::vector<SchemaEntry> entries;
    // Indices that SQLite makes by itself have no text.
    Statement statement(database, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid");
    while (statement.next() && entries.size() <= 2 * std::size(kTables))
        entries.push_back({statement.takeText(), statement.takeText(), statement.takeText(), statement.takeText()});
    return entries;
}

Error notOurs(const Database &database)
{
    return {Error::Code::InvalidInput, QStringLiteral("this is not a Headroom session; choose a .headroom file"), database.path()};
}

} // namespace

void createSessionSchema(Database &database)
{
    for (const char *table : kTables)
        database.execute(table);
    database.execute("PRAGMA application_id = " + QByteArray::number(qint64(kSessionApplicationId)));
    database.execute("PRAGMA user_version = " + QByteArray::number(qint64(kSessionVersion)));
}

void checkSessionSchema(Database &database)
{
    if (database.integerOf("PRAGMA application_id") != kSessionApplicationId)
        return database.fail(notOurs(database));
    const std::int64_t version = database.integerOf("PRAGMA user_version");
    if (version > kSessionVersion)
        return database.fail({Error::Code::InvalidInput,
                              QStringLiteral("the session was made by a newer Headroom (session version %1); this one "
                                             "reads version %2, please update it")
                                  .arg(version)
                                  .arg(kSessionVersion),
                              database.path()});
    if (version != kSessionVersion)
        return database.fail(notOurs(database));
    // What SQLite itself writes down for our tables is what must stand in the file.
    auto model = Database::open({}, Database::Mode::Memory);
    if (!model)
        return database.fail(model.error());
    createSessionSchema(**model);
    if (schemaOf(database) != schemaOf(**model))
        database.failDamaged(QStringLiteral("its tables are not those of a session"));
}

} // namespace Headroom
