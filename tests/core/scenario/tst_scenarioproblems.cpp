// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/schematree.h"
#include "tests/core/scenario/scenariotext.h"

#include <QTest>

using namespace Headroom;

namespace {

QString knownIn(QStringView field) { return schemaTree().child(field)->childNames().join(QLatin1String(", ")); }

QString knownInSteps()
{
    return schemaTree().child(u"flows")->item().child(u"steps")->item().childNames().join(QLatin1String(", "));
}

} // namespace

/// What a reader says of scenarios that are wrong, each with its place.
class ScenarioProblemsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void acceptsAlso_data();
    void acceptsAlso();
    void saysWhatIsWrongWithAWholeText_data();
    void saysWhatIsWrongWithAWholeText();
    void findsAllProblemsAtOnceInTheirOrder();
    void stopsAfterManyProblems();
};

void ScenarioProblemsTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("diagnostics");
    const auto row = [](const char *name, const QByteArray &text, const char *diagnostics) {
        QTest::newRow(name) << text << QString::fromUtf8(diagnostics);
    };
    // target begins at 2:9
    row("unknown field", withTarget("{url: http://h, trasnport: qnam}"),
        "2:25: unknown field 'trasnport' in target (did you mean 'transport'?)");
    row("unknown field like none", withTarget("{url: http://h, colour: red}"),
        qPrintable(QStringLiteral("2:25: unknown field 'colour' in target; known are: ") + knownIn(u"target")));
    row("unknown field at the top", withRest("rule: []"),
        "5:1: unknown field 'rule' at the top level (did you mean 'rules'?)");
    row("unknown field in a step", withStep("get: /, bdoy: x"),
        qPrintable(QStringLiteral("3:27: unknown field 'bdoy' in flows[0].steps[0]; known are: ") + knownInSteps()));
    row("column behind an umlaut", withTarget("{headers: {X: ü}, ulr: http://h}"),
        "2:1: target needs one of: url, practice, lines\n2:27: unknown field 'ulr' in target (did you mean 'url'?)");
    row("scalar for a mapping", withTarget("http://h"), "2:9: target must be a mapping of fields, not a single value");
    row("list for a scalar", withTarget("{url: [http://h]}"), "2:15: target.url must be a single value, not a list");
    row("mapping for a list", withFlows("{steps: []}"), "3:8: flows must be a list, not a mapping of fields");
    row("empty field", withTarget("{url: http://h, ready: }"),
        "2:25: target.ready is empty; write its fields below it, or remove it");
    row("empty scalar", withTarget("{url: }"), "2:10: target.url is empty; write a value, or remove it");
    row("empty list", withFlows("[]"), "3:1: flows must have 1 to 1000 items, not 0");
    row("both addresses", withTarget("{url: http://h, practice: {}}"),
        "2:25: 'url' and 'practice' exclude each other in target; keep one of them");
    row("workers out of range", withTarget("{practice: {workers: 1025}}"),
        "2:30: target.practice.workers must be from 1 to 1024, not '1025'");
    row("workers negative", withTarget("{practice: {workers: -1}}"), "2:30: '-1' is not a whole number from 0 on");
    row("workers fractional", withTarget("{practice: {workers: 1.5}}"), "2:30: '1.5' is not a whole number from 0 on");
    row("workers in quotes", withTarget("{practice: {workers: '8'}}"),
        "2:30: '8' is a text because of its quotes; write it without them");
    row("two caches of the practice target", withTarget("{practice: {cache_hits: 5 %, cache_entries: 5}}"),
        "2:38: 'cache_hits' and 'cache_entries' exclude each other in target.practice; keep one of them");
    row("age of a cache without entries", withTarget("{practice: {cache_ttl: 5 s}}"),
        "2:32: 'cache_ttl' makes no sense without 'cache_entries' beside it");
    row("parts above the whole", withTarget("{practice: {parts: {db: 60 %, cpu: 41 %}}}"),
        "2:28: the parts are at most 20 and at most 100 % together; make them smaller or fewer");
    row("part without a share", withTarget("{practice: {parts: {db: much}}}"),
        "2:33: 'much' is not a share; write one such as 60 %");
    row("part with a taken name", withTarget("{practice: {parts: {queue: 5 %}}}"),
        "2:29: 'queue' cannot be the name of a part; use letters, digits, '_' and '-', and none of total, queue, work, "
        "cache");
    row("freeze too long", withTarget("{practice: {freeze: [{at: 1 s, for: 11 min}]}}"),
        "2:45: target.practice.freeze[0].for must be from 0 s to 10 min, not '11 min'");
    row("other scheme", withTarget("{url: ftp://h}"),
        "2:15: 'ftp://h' is not an http or https address; write it like http://127.0.0.1:8080");
    row("no scheme", withTarget("{url: localhost:8080}"),
        "2:15: 'localhost:8080' is not an http or https address; write it like http://127.0.0.1:8080");
    row("no host", withTarget("{url: 'http:///x'}"),
        "2:15: 'http:///x' is not an http or https address; write it like http://127.0.0.1:8080");
    row("user info", withTarget("{url: 'http://me:secret@h'}"),
        "2:15: an address must not hold a user name or password; send them in a header, such as Authorization");
    row("port 0", withTarget("{url: 'http://h:0'}"),
        "2:15: port 0 cannot be connected to; write the port that the server listens on");
    row("fragment", withTarget("{url: 'http://h/#x'}"), "2:15: the part behind '#' is never sent; remove it");
    row("new connections by qnam", withTarget("{url: http://h, connection: {reuse: false}}"),
        "2:38: the transport qnam cannot make a new connection for each request; transport: direct can");
    row("HTTP/2 by qnam", withTarget("{url: http://h, connection: {http: 2}}"),
        "2:38: the transport qnam cannot share connections by HTTP/2; transport: direct can");
    row("a family by qnam", withTarget("{url: http://h, connection: {family: ipv6}}"),
        "2:38: the transport qnam cannot choose between IPv4 and IPv6; transport: direct can");
    row("lookups by qnam", withTarget("{url: http://h, connection: {resolve: each}}"),
        "2:38: the transport qnam cannot look a name up for each connection; transport: direct can");
    row("a socket by qnam", withTarget("{url: http://h, connection: {socket: s}}"),
        "2:38: the transport qnam cannot go to a local socket; transport: direct can");
    row("addresses by qnam", withTarget("{url: http://h, connection: {from: [127.0.0.2]}}"),
        "2:38: the transport qnam cannot choose the address that connections come from; transport: direct can");
    const auto direct = [](const QByteArray &connection) {
        return withTarget("{url: http://h, transport: direct, connection: {" + connection + "}}"); // begins at 2:57
    };
    row("streams of HTTP/1.1", direct("http: 1.1, streams: 2"),
        "2:68: only HTTP/2 has streams; write http: 2 beside it, or remove it");
    row("streams of no version", direct("streams: 2"),
        "2:57: only HTTP/2 has streams; write http: 2 beside it, or remove it\n"
        "2:66: 'streams' makes no sense without 'http' beside it");
    row("streams of connections for one request", direct("reuse: false, http: 2, streams: 2"),
        "2:80: connections that are made for one request have one stream; remove 'streams', or 'reuse: false'");
    row("no addresses", direct("from: []"),
        "2:57: 'from' names no address; write some, such as 127.0.0.2, or remove it");
    row("socket and family", direct("socket: s, family: ipv4"),
        "2:68: a local socket has no address, so 'family' means nothing beside it; remove one of them");
    row("socket and addresses", direct("socket: s, from: [127.0.0.2]"),
        "2:68: a local socket has no address, so 'from' means nothing beside it; remove one of them");
    row("version of HTTP that is none", direct("http: 3"),
        "2:63: target.connection.http cannot be '3' (did you mean '2'?); write one of: 1.1, 2");
    row("practice by HTTP/2", withTarget("{practice: {}, transport: direct, connection: {http: 2}}"),
        "2:56: the practice target speaks HTTP/1.1 only; remove this, or write the url of another target");
    row("practice by a socket", withTarget("{practice: {}, transport: direct, connection: {socket: s}}"),
        "2:56: the practice target listens on a port and not on a socket; write the url of another target");
    row("practice by IPv6", withTarget("{practice: {}, transport: direct, connection: {family: ipv6}}"),
        "2:56: the practice target listens on 127.0.0.1, which is IPv4; remove this");
    row("connections of lines", withTarget("{lines: {socket: s}, connection: {reuse: true}, tls: {verify: true}}"),
        "2:30: 'connection' belongs to HTTP; a line is its text and nothing more, so remove it\n"
        "2:57: 'tls' belongs to HTTP; a line is its text and nothing more, so remove it");
    row("authorities outside", withTarget("{url: https://h, tls: {authorities: ../a.pem}}"),
        "2:45: the path '../a.pem' leaves the scenario's folder; put the file into the folder, and write its path from there");
    row("certificate without key", withTarget("{url: https://h, tls: {certificate: a.pem}}"),
        "2:45: 'certificate' makes no sense without 'key' beside it");
    row("key without certificate", withTarget("{url: https://h, tls: {key: a.key}}"),
        "2:37: 'key' makes no sense without 'certificate' beside it");
    row("name of no server", withTarget("{url: https://h, tls: {server_name: 'a b'}}"),
        "2:45: 'a b' is no name of a host; write one such as api.example.com");
    row("authorities that nobody asks", withTarget("{url: https://h, tls: {authorities: a.pem, verify: false}}"),
        "2:32: nobody is asked for their certificate's authority with verify: false; remove one of them");
    row("unknown choice", withTarget("{url: http://h, transport: qnma}"),
        "2:36: target.transport cannot be 'qnma' (did you mean 'qnam'?); write one of: qnam, direct");
    row("unit missing", withTarget("{url: http://h, timeout: {total: 30}}"),
        "2:42: '30' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("duration out of range", withTarget("{url: http://h, timeout: {total: 0 s}}"),
        "2:42: target.timeout.total must be from 1 ms to 1 d, not '0 s'");
    row("ready without url", withTarget("{url: http://h, ready: {within: 1 s}}"),
        "2:25: field 'url' is missing in target.ready (A path on the target, such as /health/ready, or a whole URL)");
    row("header name", withTarget("{url: http://h, headers: {'X Y': a}}"),
        "2:35: 'X Y' is not a header name; use letters, digits and '-'");
    row("header that follows", withTarget("{url: http://h, headers: {Content-Length: 1}}"),
        "2:35: 'Content-Length' follows from the body; remove it");
    row("header line end", withTarget("{url: http://h, headers: {X: \"a\\r\\nb\"}}"),
        "2:38: a header value must not hold line ends or control characters");
    row("header beyond Latin-1", withTarget("{url: http://h, headers: {X: €}}"),
        "2:38: a header value holds Latin-1 characters only; encode the others as the server expects them");
    row("header twice", withTarget("{url: http://h, headers: {Accept: a, accept: b}}"),
        "2:46: header 'accept' is written twice; the first is in line 2");
    row("header empty", withTarget("{url: http://h, headers: {X: }}"),
        "2:35: target.headers.X must be a single value, not empty; write \"\" for an empty text");
    row("duplicate key", withTarget("{url: http://h, url: http://i}"),
        "2:25: 'url' is written twice; the first is in line 2");

    row("no method", withStep("name: x"),
        "3:19: flows[0].steps[0] needs one of: get, post, put, patch, delete, head, options, method, line, group");
    row("two methods", withStep("get: /, post: /"),
        "3:27: 'get' and 'post' exclude each other in flows[0].steps[0]; keep one of them");
    row("method without path", withStep("method: PURGE"), "3:27: 'method' makes no sense without 'path' beside it");
    row("path with get", withStep("get: /, path: /x"), "3:33: 'path' makes no sense without 'method' beside it");
    row("method of two words", withStep("method: A B, path: /"), "3:27: 'A B' is not a method; write one word");
    row("two bodies", withStep("post: /, text: x, form: {}"),
        "3:37: 'text' and 'form' exclude each other in flows[0].steps[0]; keep one of them");
    row("relative path", withStep("get: x/y"), "3:24: 'x/y' is not a path; begin it with '/'");
    row("two slashes", withStep("get: //evil/x"), "3:24: a path begins with one '/'; two would name another host");
    row("blank in a path", withStep("get: /a b"),
        "3:24: '/a b' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("line end in a path", withStep("get: \"/a\\r\\nX: y\""),
        "3:24: '/a??X: y' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("bad percent", withStep("get: /a%zz"),
        "3:24: '/a%zz' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("fragment in a path", withStep("get: '/a#b'"),
        "3:24: the part behind '#' is never sent; remove it, or write %23 for the character");
    row("template of nothing", withStep("get: \"/x/${y}\""),
        "3:28: 'y' is no name of a value; add it to vars, or write one of: user, iteration, random(1, 100), choice(a, b, c), uuid, now, now.s, now.ms, now.us");
    row("template of a misspelt name in a body", withStep("post: /, json: {a: [\"no ${usre}\"]}"),
        "3:43: 'usre' is no name of a value (did you mean 'user'?)");
    row("template in a name", withStep("name: \"a ${user}\", get: /"),
        "3:25: a template (${...}) cannot stand here, only in paths, addresses, bodies and the values of queries and "
        "headers; write the text itself");
    row("template in a key", withStep("post: /, json: {\"${user}\": 1}"),
        "3:35: a template (${...}) cannot stand here, only in paths, addresses, bodies and the values of queries and "
        "headers; write the text itself");
    row("template never closed", withStep("get: \"/x/${user\""),
        "3:28: '${' is never closed; write } behind the name, or $${ for the characters themselves");
    row("template of two words", withStep("get: \"/${a b}\""),
        "3:26: 'a b' cannot be a name in ${...}; names have letters, digits, '_', '-' and '.'");
    row("template without a name", withStep("get: \"/${}\""),
        "3:26: '${}' names nothing; write a name in it, such as ${user}");
    row("user in the address", withTarget("{url: \"http://h/${user}\"}"),
        "2:25: 'user' differs from request to request, but this is the same for all; only vars can stand here");
    row("host that varies", withStep("get: \"http://h${user}/\""),
        "3:24: the scheme and the host of an address are the same for all; templates other than vars may only stand "
        "behind them");
    row("path that begins with a value", withStep("get: \"${user}/x\""),
        "3:24: the scheme and the host of an address are the same for all; templates other than vars may only stand "
        "behind them");
    row("blank beside a value in a path", withStep("get: \"/a b/${user}\""),
        "3:24: '/a b/${user}' holds characters that a path cannot; percent-encode them (a blank is %20)");
    row("infinity in JSON", withStep("post: /, json: [.inf]"),
        "3:35: JSON has no .inf; put it in quotes to send it as a text");
    row("status unknown", withStep("get: /, expect: [200, abc]"),
        "3:41: 'abc' is not a status code; write 200, 2xx or 200-299");
    row("status range turned", withStep("get: /, expect: 299-200"),
        "3:35: '299-200' is not a status code; write 200, 2xx or 200-299");
    row("no status", withStep("get: /, expect: []"),
        "3:35: flows[0].steps[0].expect must name at least one status code");
    row("think turned", withStep("get: /, think: 2 s to 1 s"), "3:34: the shorter think time comes first; swap both");
    row("think without end", withStep("get: /, think: 2 s to"),
        "3:34: '2 s to' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("think without mean", withStep("get: /, think: exponential"),
        "3:34: 'exponential' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("think around two means", withStep("get: /, think: exponential 1 s to 2 s"),
        "3:34: '1 s to 2 s' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s");
    row("think too long", withStep("get: /, think: exponential 2 d"),
        "3:34: flows[0].steps[0].think must be from 0 s to 1 d, not '2 d'");
    row("no steps", withFlows("[{name: a, steps: []}]"), "3:19: flows[0].steps must have 1 to 1000 items, not 0");
    row("pace with a rate", withFlows("[{pace: 2 s, steps: [{get: /}]}]"),
        "3:10: 'pace' is for users that begin again when they are done; with a rate, the rate says when, so remove it, "
        "or write users instead of the rate");
    row("pace of nothing", textOf({.flows = "[{pace: 0 s, steps: [{get: /}]}]", .load = "{users: 1, for: 1 s}"}),
        "3:16: flows[0].pace must be from 1 ms to 1 d, not '0 s'");
    row("steps missing", withFlows("[{name: a}]"),
        "3:10: field 'steps' is missing in flows[0] (The requests, in their order)");
    row("flow names twice", withFlows("[{name: a, steps: [{get: /}]}, {name: a, steps: [{get: /}]}]"),
        "3:46: flow name 'a' is used twice; the first is in line 3");
    row("flow name hidden", withFlows("[{name: \"a\\nb\", steps: [{get: /}]}]"),
        "3:16: the name 'a?b' holds invisible characters or line ends; remove them");
    row("weight and rate", withFlows("[{weight: 2, rate: 1/s, steps: [{get: /}]}]"),
        "3:21: 'weight' and 'rate' exclude each other in flows[0]; keep one of them");
    row("weight zero", withFlows("[{weight: 0, steps: [{get: /}]}]"),
        "3:18: flows[0].weight must be from 0.001 to 1000000, not '0'");
    row("weight not a number", withFlows("[{weight: nan, steps: [{get: /}]}]"), "3:18: 'nan' is not a number");

    row("empty load", withLoad("{}"),
        "4:7: the load says nothing to start; write stages, or rate or users together with for");
    row("load without amount", withLoad("{late: drop, for: 1 s}"),
        "4:8: the load says nothing to start; write stages, or rate or users together with for");
    row("rate without for", withLoad("{rate: 5/s}"),
        "4:8: 'for' is missing: how long this takes, as in 30 s; only a load with 'iterations' ends without it");
    row("rate without unit", withLoad("{rate: 50, for: 1 s}"),
        "4:14: '50' is not a rate; write a number and /s, /min, /h or /d, as in 50/s");
    row("rate and stages", withLoad("{rate: 5/s, stages: [{rate: 1/s, for: 1 s}]}"),
        "4:19: 'rate' and 'stages' exclude each other in load; keep one of them");
    row("for and stages", withLoad("{for: 5 s, stages: [{rate: 1/s, for: 1 s}]}"),
        "4:8: 'for' and 'stages' exclude each other in load; give each stage its own 'for'");
    row("users over stages of users", withLoad("{users: 5, stages: [{users: 1, for: 1 s}]}"),
        "4:8: 'users' here is the cap of a load with a rate, but these stages set users themselves; remove it");
    row("cap as a ramp", withLoad("{users: 1 to 5, rate: 1/s, for: 1 s}"),
        "4:15: with a rate, 'users' is the cap on iterations under way: one number from 1 on");
    row("count of each without users", withLoad("{rate: 1/s, for: 1 s, iterations_each: 5}"),
        "4:29: 'iterations_each' is for users that begin again when they are done; a load with a rate or batches has "
        "none, so remove it");
    row("count of each in a ramp without an end", withLoad("{users: 0 to 5, iterations_each: 5}"),
        "4:8: a ramp needs 'for': how long it takes, as in 30 s");
    row("count of each of nobody", withLoad("{users: 0, iterations_each: 5}"),
        "4:8: the last stage starts nothing, so the iterations are never done; raise it, or give it 'for'");
    row("cap of nobody", withLoad("{users: 0, rate: 1/s, for: 1 s}"),
        "4:15: with a rate, 'users' is the cap on iterations under way: one number from 1 on");
    row("half a user", withLoad("{users: 1.5, for: 1 s}"),
        "4:15: '1.5' is not a number of users; write 50, or 0 to 100 for a ramp");
    row("too many users", withLoad("{users: 0 to 100001, for: 1 s}"),
        "4:15: load.users must be from 0 to 100000, not '0 to 100001'");
    row("mixed stages", withLoad("{stages: [{rate: 1/s, for: 1 s}, {users: 1, for: 1 s}]}"),
        "4:41: this stage sets users, but the one in line 4 sets a rate; all stages must be of one kind");
    row("stage with both", withLoad("{stages: [{rate: 1/s, users: 1, for: 1 s}]}"),
        "4:29: 'rate' and 'users' exclude each other in load.stages[0]; keep one of them");
    row("stage with neither", withLoad("{stages: [{for: 1 s}]}"), "4:18: load.stages[0] needs one of: rate, users");
    row("stage names twice", withLoad("{stages: [{name: stage 2, rate: 1/s, for: 1 s}, {rate: 1/s, for: 1 s}]}"),
        "4:56: stage name 'stage 2' is used twice; the first is in line 4");
    row("first stage without for", withLoad("{iterations: 9, stages: [{users: 1}, {users: 2, for: 1 s}]}"),
        "4:33: 'for' is missing; only the last stage may run until the iterations are done");
    row("ramp without for", withLoad("{iterations: 9, users: 0 to 5}"),
        "4:8: a ramp needs 'for': how long it takes, as in 30 s");
    row("nobody works", withLoad("{iterations: 9, users: 0}"),
        "4:8: the last stage starts nothing, so the iterations are never done; raise it, or give it 'for'");
    row("too long together", withLoad("{stages: [{rate: 1/s, for: 300 d}, {rate: 1/s, for: 66 d}]}"),
        "4:8: the stages together must not take more than 365 d");
    row("late without rate", withLoad("{users: 1, for: 1 s, late: drop}"),
        "4:28: warning: 'late' has no effect without a rate; remove it");
    row("spacing without rate", withLoad("{users: 1, for: 1 s, spacing: poisson}"),
        "4:28: 'spacing' says how the arrivals of a rate are spread; users have none, so remove it, or write a rate");
    row("spacing unknown", withLoad("{rate: 1/s, for: 1 s, spacing: poison}"),
        "4:38: load.spacing cannot be 'poison' (did you mean 'poisson'?); write one of: even, poisson");
    row("samples unknown", withRest("record: { samples: error }"),
        "5:20: record.samples cannot be 'error' (did you mean 'errors'?); write one of: all, errors, sample, off");
    row("sine of users", withLoad("{stages: [{users: 5, for: 1 s, sine: {amplitude: 1/s, period: 1 s}}]}"),
        "4:44: 'sine' makes no sense without 'rate' beside it");
    row("sine on a ramp", withLoad("{stages: [{rate: 5/s to 6/s, for: 1 s, sine: {amplitude: 1/s, period: 1 s}}]}"),
        "4:46: a sine swings around one rate, not along a ramp; write the rate as 50/s");
    row("sine below zero", withLoad("{stages: [{rate: 5/s, for: 1 s, sine: {amplitude: 6/s, period: 1 s}}]}"),
        "4:46: the amplitude is above the rate, which would fall below 0; write at most 5/s");
    row("sine without period", withLoad("{stages: [{rate: 5/s, for: 1 s, sine: {amplitude: 5/s}}]}"),
        "4:39: field 'period' is missing in load.stages[0].sine (Time of one swing up and down, made of 48 straight "
        "pieces)");
    row("sine without end", withLoad("{iterations: 9, stages: [{rate: 5/s, sine: {amplitude: 1/s, period: 1 s}}]}"),
        "4:44: a sine needs 'for' beside it: how long it goes on, as in 10 min");
    row("only warm-up", withLoad("{stages: [{rate: 1/s, for: 1 s, warm_up: true}]}"),
        "4:8: warning: all stages are warm-ups, so nothing is measured");
    row("warm_up as yes", withLoad("{stages: [{rate: 1/s, for: 1 s, warm_up: yes}]}"),
        "4:48: 'yes' is not true or false");
    row("iterations zero", withLoad("{iterations: 0, users: 1}"),
        "4:20: load.iterations must be from 1 to 1000000000000, not '0'");

    row("probe of nothing", withRest("probes:\n  a: {}"), "6:3: probes.a needs one of: process, cgroup, host, json, prometheus, promql, redis, log, command, health, tiers, gpu, csv, sqlite");
    row("bill without a column", withRest("probes:\n  a: {csv: a.csv}"),
        "6:7: 'value' or 'values' is missing: the column that is added up, as in value: cost");
    row("database without a query", withRest("probes:\n  a: {sqlite: a.db}"),
        "6:7: 'query' is missing: one SELECT that gives one number, as in query: SELECT sum(cost) FROM usage");
    row("heap of no process", withRest("probes:\n  a: {host: true, heap: /heap}"),
        "6:25: 'heap' makes no sense without 'process' beside it");
    row("graphics processor of too high a number", withRest("probes:\n  a: {gpu: 256}"),
        "6:12: probes.a.gpu must be from 0 to 255, not '256'");
    row("process of nothing", withRest("probes:\n  a: {process: {}}"),
        "6:7: probes.a.process needs one of: port, pid, name, unit, practice, target");
    row("practice false", textOf({.target = "{practice: {}}", .rest = "probes:\n  a: {process: {practice: false}}"}),
        "6:27: probes.a.process.practice can only be true; leave it out otherwise");
    row("practice without practice", withRest("probes:\n  a: {process: {practice: true}}"),
        "6:17: the target is no practice target; name the process by port or pid");
    row("target that is not started", withRest("probes:\n  a: {process: {target: true}}"),
        "6:17: the run does not start the target itself; name the process by port or pid");
    row("port too high", withRest("probes:\n  a: {process: {port: 65536}}"),
        "6:23: probes.a.process.port must be from 1 to 65535, not '65536'");
    row("json without value", withRest("probes:\n  a: {json: /s}"),
        "6:7: 'value' or 'values' is missing: what to pick from the answer, as in value: $.queue_depth");
    row("value without dollar", withRest("probes:\n  a: {json: /s, value: x}"),
        "6:24: 'x' is not a JSONPath; begin it with '$', as in $.queue_depth");
    row("value of a process", withRest("probes:\n  a: {process: {pid: 1}, value: $.x}"),
        "6:33: 'value' makes no sense without 'json' or 'redis' or 'csv' beside it");
    row("metric of nothing", withRest("probes:\n  a: {prometheus: /m}"),
        "6:7: 'metric' or 'metrics' is missing: what to pick from the answer, as in metric: http_requests_total");
    row("metric as no word", withRest("probes:\n  a: {prometheus: /m, metric: x, as: often}"),
        "6:38: probes.a.as cannot be 'often'; write one of: value, rate, last, mean, sum, max, p50, p75, p90, p95, p99, p99.9");
    row("metric as a log", withRest("probes:\n  a: {prometheus: /m, metric: x, as: last}"),
        "6:38: 'last' is nothing for a metric; use value, rate, mean or a percentile such as p95");
    row("label that is no pattern", withRest("probes:\n  a: {prometheus: /m, metric: x, labels: {s: '5('}}"),
        "6:46: '5(': not a regular expression (missing closing parenthesis at character 3)");
    row("tier of no path", withRest("probes:\n  a: {tiers: {live: 'a b'}}"), "6:21: 'a b' is not a path; begin it with '/'");
    row("tiers of one name", withRest("probes:\n  a_b: {health: /b}\n  a: {tiers: {b: /b}}"),
        "7:3: two probes have the name 'a_b', one of them by a tier; rename one");
    row("status of a process", withRest("probes:\n  a: {process: {pid: 1}, expect: 200}"),
        "6:34: 'expect' makes no sense without 'health' or 'tiers' beside it");
    row("query without a server", withRest("probes:\n  a: {promql: up}"),
        "6:7: 'url' is missing: the Prometheus server, as in url: http://127.0.0.1:9090");
    row("query with a password", withRest("probes:\n  a: {promql: up, url: 'http://joe:hunter2@h'}"),
        "6:24: an address must not hold a user name or password; send them in a header, such as Authorization");
    row("query without a scheme", withRest("probes:\n  a: {promql: up, url: h}"),
        "6:24: 'h' is not an http or https address; write it like http://127.0.0.1:8080");
    row("Redis with a password in its address", withRest("probes:\n  a: {redis: 'joe:hunter2@cache:1', value: LLEN x}"),
        "6:14: an address must not hold a user name or password; write them as 'user' and 'password' beside it");
    row("service with a password in its address", withRest("services:\n  a: {tcp: 'joe:hunter2@cache:1'}"),
        "6:12: a service's address must not hold a user name or password; remove them");
    row("query by without values", withRest("probes:\n  a: {promql: up, url: 'http://h', by: code}"),
        "6:36: 'values' is missing: which elements are wanted, as in values: { ok: 200 }");
    row("Redis without a port", withRest("probes:\n  a: {redis: cache, value: LLEN x}"),
        "6:14: 'cache' is no host and port; write it like 127.0.0.1:6379");
    row("Redis of nothing", withRest("probes:\n  a: {redis: 'cache:1'}"),
        "6:7: 'value' or 'values' is missing: what to ask for, as in value: LLEN jobs");
    row("Redis with an open password", withRest("probes:\n  a: {redis: 'cache:1', value: LLEN x, password: hunter2}"),
        "6:50: a password does not stand in a scenario; list a secret and write ${secret.NAME}");
    row("log without a pattern", withRest("probes:\n  a: {log: a.log}"),
        "6:7: 'pattern' is missing: a regular expression for its lines, as in pattern: ' 5\\d\\d '");
    row("log without a group", withRest("probes:\n  a: {log: a.log, pattern: x, as: p95}"),
        "6:28: the pattern needs one group in brackets, which catches the number, as in 'took (\\d+)'");
    row("log as a value", withRest("probes:\n  a: {log: a.log, pattern: x, as: value}"),
        "6:35: 'value' is nothing for a log; use rate, last, mean, sum, max or a percentile such as p95");
    row("command without a group", withRest("probes:\n  a: {command: uptime, pattern: x}"),
        "6:33: the pattern needs one group in brackets, which catches the number, as in '(\\d+) MiB'");
    row("probe name with a dot", withRest("probes:\n  a.b: {process: {pid: 1}}"),
        "6:3: 'a.b' cannot be a name here; use letters, digits, '_' and '-'");
    row("rule empty", withRest("rules: ['']"), "5:9: a rule is missing here; write one, as in p95 < 900 ms");
    row("rule as a mapping", withRest("rules: [{a: b}]"),
        "5:9: rules[0] must be a single value, not a mapping of fields; write \"\" for an empty text");
    row("name too long", withRest("name: " + QByteArray(201, 'x')), "5:7: name must have 1 to 200 characters, not 201");
    row("seed too large", withRest("seed: 18446744073709551616"),
        "5:7: '18446744073709551616' is not a number that can be counted to; it is too large");
}

void ScenarioProblemsTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(text), diagnostics);
}

void ScenarioProblemsTest::acceptsAlso_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("carriage returns") << textOf({}).replace("\n", "\r\n");
    QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + textOf({});
    QTest::newRow("JSON") << QByteArray(
        R"({"headroom": 1, "target": {"url": "http://h"}, "flows": [{"steps": [{"get": "/"}]}], )"
        R"("load": {"rate": "5/s", "for": "1 s"}})");
    QTest::newRow("IPv6") << withTarget("{url: 'http://[::1]:8080/base'}");
    QTest::newRow("international host") << withTarget("{url: 'https://bücher.example'}");
    QTest::newRow("Latin-1 header") << withTarget("{url: http://h, headers: {X: ä}}");
    QTest::newRow("empty header") << withTarget("{url: http://h, headers: {X: \"\"}}");
    QTest::newRow("name that looks like a number") << withRest("name: 2024");
    QTest::newRow("path with umlaut") << withStep("get: /bücher");
    QTest::newRow("pause between stages") << withLoad("{stages: [{rate: 0/s, for: 1 s}, {rate: 1/s, for: 1 s}]}");
    QTest::newRow("steps with one name") << withFlows("[{steps: [{name: a, get: /}, {name: a, get: /b}]}]");
    QTest::newRow("rates in quotes") << withLoad("{rate: \"0/s to 5/s\", for: '1 s'}");
}

void ScenarioProblemsTest::acceptsAlso()
{
    QFETCH(QByteArray, text);
    QCOMPARE(diagnosticsOf(text), QString());
}

void ScenarioProblemsTest::saysWhatIsWrongWithAWholeText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("diagnostics");
    const auto row = [](const char *name, const QByteArray &text, const char *diagnostics) {
        QTest::newRow(name) << text << QString::fromUtf8(diagnostics);
    };
    constexpr auto kEmpty = "1:1: the scenario is empty; begin it with 'headroom: 1', then target, flows and load";
    row("empty", "", kEmpty);
    row("comments", "# a\n# b\n", kEmpty);
    row("byte order mark", "\xEF\xBB\xBF", kEmpty);
    row("list", "- a\n", "1:1: a scenario is a mapping of fields that begins with 'headroom: 1', not a list");
    row("scalar", "hello", "1:1: a scenario is a mapping of fields that begins with 'headroom: 1', not a single value");
    row("other version", "name: x\nheadroom: 2\nflavour: y",
        "2:11: language version 2 is not known to this program; it reads 1");
    row("tab", "target:\n\turl: x", "2:1: lines cannot be indented with tabs; use spaces");
    row("nothing but the version", "headroom: 1",
        "1:1: field 'target' is missing at the top level (What the load goes to: a url, a practice target or a process that answers lines)\n"
        "1:1: field 'flows' is missing at the top level (What users do: a list of flows)\n"
        "1:1: field 'load' is missing at the top level (How much load, how long: stages, or rate or users with for)");
    row("no version", "name: x\ntarget: {url: http://h}\nflows: [{steps: [{get: /}]}]\nload: {users: 1, for: 1 s}",
        "1:1: field 'headroom' is missing at the top level (Version of the scenario language; the first line is "
        "headroom: 1)");
    row("all empty", "headroom: 1\ntarget:\nflows:\nload:\n",
        "2:1: target is empty; write its fields below it, or remove it\n"
        "3:1: flows is empty; write its items below it, or remove it\n"
        "4:1: load is empty; write its fields below it, or remove it");
}

void ScenarioProblemsTest::saysWhatIsWrongWithAWholeText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, diagnostics);
    QCOMPARE(diagnosticsOf(text), diagnostics);
}

void ScenarioProblemsTest::findsAllProblemsAtOnceInTheirOrder()
{
    QCOMPARE(diagnosticsOf("headroom: 1\n"
                           "colour: red\n"
                           "target:\n"
                           "  url: http://h\n"
                           "  url: http://i\n"
                           "  timeout: { total: long }\n"
                           "flows:\n"
                           "  - steps:\n"
                           "      - get: /a\n"
                           "        expect: 2000\n"
                           "load: { users: 1, for: 1 s, late: drop }\n"),
             QStringLiteral("2:1: unknown field 'colour' at the top level; known are: ")
                 + schemaTree().childNames().join(QLatin1String(", "))
                 + QStringLiteral("\n"
                 "5:3: 'url' is written twice; the first is in line 4\n"
                 "6:21: 'long' is not a duration; write a number and us, ms, s, min, h or d, as in 30 s\n"
                 "10:17: '2000' is not a status code; write 200, 2xx or 200-299\n"
                 "11:29: warning: 'late' has no effect without a rate; remove it"));
}

void ScenarioProblemsTest::stopsAfterManyProblems()
{
    QByteArray text;
    for (int i = 0; i < 50'000; ++i)
        text += "x" + QByteArray::number(i) + ": 1\n";
    QCOMPARE(readScenario(text).diagnostics.size(), 200u);
}

QTEST_GUILESS_MAIN(ScenarioProblemsTest)
#include "tst_scenarioproblems.moc"
