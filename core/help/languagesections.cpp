// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/languagesections.h"

namespace Headroom {

namespace {

constexpr LanguageSection kSections[] = {
    {"", "The whole file",
     "Four fields must be there: `headroom`, `target`, `flows` and `load`. This is a whole scenario:",
     R"(headroom: 1
name: Retrieval
vars: { tenant: demo }
target: { url: "http://127.0.0.1:8080" }
flows:
  - steps:
      - { name: retrieve, post: /retrieve, json: { query: what is headroom, tenant: "${tenant}" } }
load: { rate: 50/s, for: 1 min }
rules:
  - p95(retrieve) < 900 ms
  - errors < 1 %
)"},
    {"target", "target", "",
     R"(target:
  url: http://127.0.0.1:8080
  start: { command: ./server --port 8080 } # started and stopped by the run
  ready: { url: /health/ready, within: 30 s }
  headers: { X-Agent-Id: "agent-${user}" }
  identity: { at: header X-Agent-Id, is: "agent-${user}" }
  server_time: header X-Request-Latency-Ms
)"},
    {"target.connection", "target: connection",
     "What is more than plain HTTP/1.1 needs `transport: direct`, which also makes many times as many requests in a second "
     "of CPU. Runs that make their requests in different ways do not compare.",
     R"(target:
  url: http://127.0.0.1:8080
  transport: direct
  connection: { reuse: false, family: ipv4, from: [127.0.0.2, 127.0.0.3] } # a new connection for each request
)"},
    {"target.tls", "target: tls", "Files are PEM, in the scenario's folder or below it.",
     R"(target:
  url: https://127.0.0.1:8443
  tls:
    authorities: tls/authority.pem
    certificate: tls/client.pem
    key: tls/client.key
    server_name: api.example.com # in the certificate, although an address is called
)"},
    {"flows[]", "flows", "Each iteration takes one of them, by the weights.",
     R"(flows:
  - name: read
    weight: 3
    steps:
      - get: /documents/17
  - name: ask
    weight: 1
    steps:
      - { post: /retrieve, json: { query: why } }
)"},
    {"flows[].steps[]", "flows: steps", "A step of a lines target has a line instead, and a group has steps.",
     R"(flows:
  - steps:
      - { name: log in, post: /login, form: { user: "${user}" }, once: true, extract: { token: $.token } }
      - name: begin
        post: /jobs
        headers: { Authorization: "Bearer ${token}" }
        check: [ $.id exists, time < 500 ms ]
        extract: { job: $.id }
      - { name: ask, get: "/jobs/${job}", repeat: 20, think: 100 ms, until: $.state == done }
      - group: look at it
        if: 50 %
        steps:
          - get: /documents/17
)"},
    {"load", "load",
     "With a rate, iterations begin whatever the target does (open model); with users, each "
     "begins the next when the last is done (closed model). `headroom help load-models` shows them all.",
     R"(load: { rate: 50/s, users: 100, for: 1 min } # at most 100 iterations under way
)"},
    {"load.stages[]", "load: stages", "They follow each other in the order of the list.",
     R"(load:
  stages:
    - { name: warm up, rate: 10/s, for: 10 s, warm_up: true }
    - { name: steady, rate: 50/s, for: 1 min }
    - { name: burst, rate: 50/s to 200/s, for: 30 s }
)"},
    {"data.*", "data", "`headroom help templates` says which row an iteration gets.",
     R"(data:
  questions: { file: questions.csv, order: random, where: { category: cardiac } }
flows:
  - steps:
      - { post: /retrieve, json: { query: "${questions.text}" } }
)"},
    {"observe.*", "observe", "Reports show them, and rules can ask for them.",
     R"(observe:
  cache: { hit: header X-Cache == HIT }
  tokens: { value: $.usage.tokens, unit: tokens }
  db: { part: server-timing db, expected: 60 % } # reports compare that with what was measured
  wait: { value: header Retry-After, unit: s, on: rejections }
)"},
    {"probes.*", "probes",
     "Their series stand beside the load in reports, and rules name them as `api.rss` or `queue`. One that cannot be read is "
     "a gap and an event, never a stop. More: `headroom help watching`.",
     R"(probes:
  api: { process: { port: 8080, children: true } } # rss, cpu, threads, fds and others
  host: { host: true } # cpu_share, memory, pressure
  app: { tiers: { live: /health/live, ready: /health/ready } } # app_live.up, app_ready.up and .time; each flip is a mark
  queue: { json: /stats, value: $.queue_depth, every: 500 ms }
  failed: { prometheus: /metrics, metric: http_requests_total, labels: { status: 5.. }, as: rate }
  inside: { prometheus: /metrics, metrics: { p95: { metric: http_request_duration_seconds, as: p95 } } }
  busy: { promql: sum(workers_busy), url: "http://127.0.0.1:9090" }
  jobs: { redis: "127.0.0.1:6379", values: { waiting: LLEN jobs, memory: INFO used_memory } }
  slow: { log: access.log, pattern: ' took (\d+) ms', as: p95 }
  load: { command: cat /proc/loadavg, pattern: '^([\d.]+) ' }
  card: { gpu: 0 } # use, memory, power, temperature
  bill: { csv: usage.csv, value: cost } # added up over the rows that have come since the start
  spent: { sqlite: usage.db, query: SELECT sum(cost) FROM usage }
)"},
    {"actions[]", "actions", "The report says what came of each. More: `headroom help actions`.",
     R"(actions:
  - { name: reload, at: 30 s, post: /admin/reload, expect_effect: p95 falls by 20 ms }
  - { name: drain, at: 50 s, stop: target, within: 30 s } # the rule drained judges how it ended
  - name: relieve
    when: p95 > 900 ms for 5 s
    ladder:
      - { name: no reranker, post: /admin/reranker/off }
      - { name: top 10 only, post: /admin/top/10 }
)"},
    {"actions[].profile", "actions: profile",
     "What comes of it is attached to the session; folded stacks are drawn. More: `headroom help profiles`.",
     R"(actions:
  - { name: flame, at: 30 s, profile: { perf: { port: 8080 }, for: 10 s } }
  - { name: go, at: 45 s, profile: { url: "/debug/pprof/profile?seconds=10" } }
  - { name: own, by_hand: true, profile: { command: "./capture.sh ${file}" } }
)"},
    {"services.*", "services", "A run without them ends with exit code 3.",
     R"(services:
  redis: { tcp: "127.0.0.1:6379" }
  search: { http: "http://127.0.0.1:9200/", within: 30 s }
)"},
    {"profiles.*.*", "profiles", "As in `headroom run FILE --profile real --profile category=general`.",
     R"(profiles:
  mode:
    stub: { headers: { X-Mode: stub } }
    real: { headers: { X-Mode: real }, load: { rate: 10/s } }
)"},
    {"environments.*", "environments", "As in `headroom run FILE --environment staging`.",
     R"(environments:
  staging: { target: { url: "http://127.0.0.1:9000" } }
)"},
    {"objectives.*", "objectives", "`headroom help rules` lists the metrics.",
     R"(objectives:
  /documents/*: { p50: 300 ms, p95: 900 ms }
  all: { errors: 1 %, throughput: 20/s }
)"},
    {"requirements[]", "requirements", "Their rules are judged with the others.",
     R"(requirements:
  - { id: R1, text: It answers within its objective, rule: p95 < 900 ms }
acceptance: at least 80 %
)"},
    {"record", "record", "As `headroom run FILE --samples errors`. Counts and histograms of all requests are always kept.",
     R"(record: { samples: errors }
)"},
};

} // namespace

std::span<const LanguageSection> languageSections() { return kSections; }

} // namespace Headroom
