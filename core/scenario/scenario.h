// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/rate.h"
#include "core/scenario/check.h"
#include "core/scenario/texttemplate.h"
#include "core/yaml/textrange.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace Headroom {

/// What the user wrote, typed, complete with defaults, every part with its place. No part of it is checked against
/// another yet where that needs more than reading; the planner does.
struct Scenario
{
    using Header = std::pair<QString, TextTemplate>;

    struct Timeouts
    {
        Nanoseconds connect{5s};
        Nanoseconds firstByte{30s};
        Nanoseconds total{60s};
    };
    /// Options of headroom-target, which the run starts on a free loopback port and stops at the end.
    struct Practice
    {
        int workers = 8;
        int queue = 64;
        QString serviceTime; ///< "endpoint=distribution" list in headroom-target's own notation; empty: its default.
        QStringList others{}; ///< Its other options as it takes them, such as "--cpu-time", "2ms".
        Nanoseconds drainWithin{5s}; ///< Of them: how long it may take to end.
    };
    struct Ready
    {
        QString url; ///< Absolute, or a path on the target.
        Nanoseconds within{60s};
    };
    /// A target that the run starts itself and stops at the end.
    struct Start
    {
        QString command; ///< Program and arguments, split as a shell would, but without one.
        std::vector<Header> environment{}; ///< Beside that of Headroom; constant but for secrets.
        Nanoseconds stopWithin{10s}; ///< From SIGTERM to SIGKILL.
        bool isKept = false; ///< Goes on after the run; the next run finds it and does not start another.
        TextRange range;
    };
    /// A target that is no HTTP service: it reads one item a line and answers each with one line, in order.
    struct Lines
    {
        QString command; ///< Fed over its standard input; or else ...
        QString socket; ///< ... the path of a local socket, one connection a user.
        std::vector<Header> environment{}; ///< Of the command, as that of Start.
        TextRange range;
    };
    /// What tells whose an answer is: it must echo something of the user who asked.
    struct Identity
    {
        AnswerPlace place;
        TextTemplate value;
        TextRange range;
    };
    /// How connections are made. What qnam cannot do was refused with it.
    struct Connection
    {
        bool isReused = true; ///< Else each request has one of its own.
        bool isHttp2 = false;
        int streams = 1; ///< HTTP/2: requests at once on one connection.
        QString family = QStringLiteral("any"); ///< Or "ipv4", "ipv6".
        bool isResolvedEachTime = false; ///< Else names are looked up once a run.
        QString socket{}; ///< As written: the path of a local socket, instead of the URL's host.
        std::vector<std::pair<QString, TextRange>> from{}; ///< Addresses that connections are made from, in turn.
        TextRange range{};
    };
    /// How connections are encrypted and whom they trust.
    struct Tls
    {
        struct File ///< PEM.
        {
            QString path{}; ///< Below the scenario's folder; empty: none.
            TextRange range{};
            QByteArray content{}; ///< Empty until loadTlsFiles().
            bool isRead = false;
        };
        File authorities{}; ///< Trusted instead of those of the system.
        File certificate{}; ///< Of the client, with its chain ...
        File key{};         ///< ... and its private key.
        QString serverName{}; ///< Asked for and verified; empty: the URL's host.
        bool isVerified = true;
        bool isResumed = true; ///< A new connection may go on with an earlier session.
        TextRange range{};
    };
    struct Target
    {
        QUrl url; ///< Empty when practice is set.
        std::optional<Practice> practice;
        std::optional<Start> start; ///< Beside a URL.
        std::optional<Lines> lines; ///< Instead of a URL.
        QString folder; ///< What commands and sockets are relative to; set by whoever read the file.
        QString transport = QStringLiteral("qnam");
        Connection connection{};
        Tls tls{};
        std::vector<Header> headers;
        std::vector<std::pair<QString, TextTemplate>> query; ///< Put behind the path of every step.
        bool keepsCookies = true; ///< Every user its own.
        std::optional<AnswerPlace> serverTime; ///< Where answers say how long the server took, in ms.
        std::optional<Identity> identity;      ///< Of every step that has none of its own.
        Timeouts timeout;
        std::optional<Ready> ready;
        TextRange range;
    };
    struct ThinkTime ///< Uniform between low and high, which are equal for a constant.
    {
        Nanoseconds low{};
        Nanoseconds high{};
        Nanoseconds mean{}; ///< Above 0: exponential with this mean, but never above high.
    };
    struct StatusRange
    {
        int low = 200;
        int high = 399;
    };
    struct Part ///< Of a multipart body.
    {
        QString name;
        TextTemplate text; ///< Or else ...
        QString file;      ///< ... a file below the scenario's folder.
        QString fileName;  ///< What the target is told; empty: no file.
        QByteArray contentType;
        QByteArray content{}; ///< Of the file; empty until loadBodies().
    };
    struct Body
    {
        TextTemplate text; ///< In UTF-8. Or else ...
        QByteArray contentType;
        QString file{};          ///< ... a file below the scenario's folder, as it is. Or else ...
        std::vector<Part> parts{}; ///< ... multipart/form-data.
        QByteArray content{};      ///< Of the file; empty until loadBodies().
    };
    /// One HTTP call beside the load, such as a reset between two batches.
    struct Call
    {
        QByteArray method;
        TextTemplate path; ///< Constant, as all of it.
        std::vector<Header> headers;
        std::optional<Body> body;
        std::vector<StatusRange> expect{{200, 399}};
        TextRange range;
    };
    struct Step
    {
        QString name; ///< Empty: the path stands for it.
        QByteArray method;
        TextTemplate path; ///< With query; absolute path on the target, or a whole URL.
        bool isLine = false; ///< For a lines target: no method and path, the body is the line.
        std::vector<Header> headers;
        std::optional<Body> body;
        std::vector<StatusRange> expect{{200, 399}};
        ThinkTime think; ///< Before the step.
        std::vector<Check> checks;
        std::vector<std::pair<QString, AnswerPlace>> extract; ///< Variables of the user that the answer sets.
        std::optional<Identity> identity;
        Condition condition;        ///< Not walked when it does not hold.
        bool isOnce = false;        ///< Walked in a user's first iteration only.
        int repeat = 1;             ///< Walked as many times, each with its think time, or until ...
        std::optional<Check> until; ///< ... an answer holds this. Not of a group.
        std::vector<Step> steps;    ///< A group: no request of its own; the fields above from think on, except checks,
                                    ///< extract, identity and until, are those of the group.
        bool isGroup() const { return !steps.empty(); }
        TextRange range;
    };
    struct Flow
    {
        QString name;
        double weight = 1.0;
        std::optional<Rate> rate; ///< A rate of its own beside the weighted flows.
        std::optional<Nanoseconds>
            pace; ///< Least time between the starts of an iteration and the user's next; closed model.
        std::vector<Step> steps;
        TextRange range;
    };
    struct Sine
    {
        Rate amplitude; ///< At most the rate of its stage.
        Nanoseconds period{};
    };
    struct Stage
    {
        QString name;
        std::optional<std::pair<Rate, Rate>> rate; ///< From, to; equal when held. Open model.
        std::optional<std::pair<double, double>> users; ///< The same. Closed model.
        std::optional<Sine> sine; ///< The rate, then held, is the middle. Open model.
        Nanoseconds length{};
        bool isWarmUp = false;
        TextRange range;
    };
    /// `count` times `size` iterations at once, and a barrier after each: the next begins when all are done.
    struct Batches
    {
        int count = 1;
        int size = 1;
        std::optional<Call> between; ///< Made at each barrier, before the next batch.
        bool restartsTarget = false; ///< Or the supervised target is started anew there: every batch meets it cold.
    };
    /// A search for the highest rate that the rules hold at; the rate of the load is the planned one.
    struct FindLimit
    {
        Rate upTo; ///< Never beyond.
        Nanoseconds hold{10s}; ///< Judged at each rate, after it has settled.
        Nanoseconds confirm{30s}; ///< Judged at the rate found.
        double within = 0.05; ///< The search ends when the bracket is narrower than this share of its lower end.
    };
    enum class Late { Queue, Drop };
    enum class Spacing { Even, Poisson };
    struct Load
    {
        std::optional<int> users; ///< Open model: the cap on iterations under way.
        Late late = Late::Queue;
        Spacing spacing = Spacing::Even; ///< Of the arrivals; open model.
        std::optional<std::uint64_t> iterations; ///< A fixed count ends the load early.
        std::optional<std::uint64_t> iterationsEach; ///< The same for every user by itself; closed model.
        std::optional<Batches> batches; ///< Instead of stages.
        std::optional<FindLimit> findLimit; ///< With a rate.
        std::vector<Stage> stages;
        Nanoseconds grace{10s}; ///< For what is in flight at the end.
        TextRange range;
    };
    struct Probe
    {
        enum class Kind { Process, Json, Prometheus, PromQl, Redis, Log, Command, Cgroup, Host, Health, Gpu, Csv, Sqlite };
        /// What becomes of what was found since the look before. Quantile: of a histogram, or of the values of a log.
        enum class As { Value, Rate, Last, Mean, Sum, Max, Quantile };
        struct Field
        {
            QString name; ///< Empty for the one value of a short form.
            QString path; ///< JSONPath, as "$.queue_depth"; a command of Redis; a column of Csv; of PromQl what the label `by` must be.
        };
        struct Measure ///< Of Prometheus; of Log without a metric.
        {
            QString name{}; ///< Empty for the one of a short form.
            QString metric{};
            std::vector<std::pair<QString, QString>> labels{}; ///< Names, and what the whole value must be or match.
            As as = As::Value;
            double quantile = 0.0; ///< 0.95 is p95.
        };
        QString name;
        Kind kind = Kind::Process;
        std::optional<int> port; ///< Process: who listens on this loopback port ...
        std::optional<int> pid; ///< ... or this process ...
        QString processName{}; ///< ... or the oldest of this name ...
        QString unit{}; ///< ... or all of this systemd unit, as "nginx.service"; of Cgroup too ...
        bool isPractice = false; ///< ... or the practice target.
        bool hasChildren = false; ///< Process: with all that it has started.
        bool hasPss = false; ///< Process: the proportional set size too, which costs the target time.
        bool hasMappings = true; ///< Process: what holds its memory, at the start and at the end.
        QString heap{}; ///< Process: absolute, or a path on the target, whose answer is attached then; empty: none.
        int gpu = 0; ///< Gpu: which, from 0.
        QString cgroup{}; ///< Cgroup: a path below the root of all groups, "/" for that.
        QString url; ///< Json, Prometheus, Health: absolute, or a path on the target. PromQl: of the server. Redis: host and port.
        std::vector<Field> fields;
        std::vector<Measure> measures{};
        QString query{}; ///< PromQl, Sqlite.
        QString by{}; ///< PromQl: the label that tells the elements of the answer apart; empty: there is one.
        QString user{}; ///< Redis.
        TextTemplate password{}; ///< Redis: a secret, or empty.
        int database = 0; ///< Redis.
        QString file{}; ///< Log, Csv, Sqlite: a path that may begin in the scenario's folder.
        QString command{}; ///< Command.
        QString pattern{}; ///< Log, Command: a regular expression.
        std::vector<StatusRange> expect{}; ///< Health: what says that all is well.
        Nanoseconds within{2s}; ///< Command, Health: how long it may take.
        Nanoseconds every{1s};
        TextRange range;
    };
    struct RuleText
    {
        enum class Source { Scenario, Outside, Both };
        QString text;
        TextRange range;
        Source source = Source::Scenario; ///< From outside: must be met besides the acceptance, and has no place.
    };
    /// Rows of a file, of which each iteration takes one: ${questions.text}.
    struct Feed
    {
        enum class Order { Sequential, Random, Unique };
        enum class AtEnd { Wrap, Stop };
        struct Column ///< That a template names.
        {
            QString name;
            TextRange range; ///< Where the first one does.
        };
        QString name;
        QString file; ///< Below the scenario's folder: CSV with a head line, or a JSON list of objects.
        Order order = Order::Sequential;
        AtEnd atEnd = AtEnd::Wrap; ///< Stop: with the last row the load ends. Of Unique always.
        std::optional<char> separator; ///< Of CSV; nothing: found out from the head line.
        std::vector<std::pair<QString, QString>> where; ///< Only rows whose columns have these values.
        std::vector<Column> columns;
        TextRange range;
    };
    /// What answers say of themselves beside their times.
    struct Observation
    {
        enum class Kind {
            Hit,        ///< A share: `hit` holds or does not.
            Value,      ///< A number.
            Part,       ///< A named part of the server's time, in ms.
            ServerTime, ///< All of it; from Target::serverTime.
        };
        QString name;
        Kind kind = Kind::Value;
        Check hit;         ///< Of Hit.
        AnswerPlace place; ///< Of the others.
        QString unit;      ///< Of Value, as people read it; may be empty.
        QString of;        ///< Steps: name, path or glob; empty: all.
        bool isOfRejections = false; ///< Of those instead of answers as expected.
        std::optional<double> expectedShare{}; ///< Of Part: of the server's time.
        TextRange range;
    };
    /// A recording of where a process spends its time, attached to the session.
    struct Capture
    {
        enum class Kind { Perf, PySpy, Url, Command };
        Kind kind = Kind::Perf;
        std::optional<int> port; ///< Perf, PySpy: who listens on this loopback port ...
        std::optional<int> pid; ///< ... or this process ...
        QString processName{}; ///< ... or the oldest of this name; none of them: the target that the run has started.
        bool isUnwound = false; ///< Perf: stacks by debug information, for what has no frame pointers.
        Nanoseconds length{10s}; ///< Perf, PySpy.
    };
    /// Something done beside the load while it runs.
    struct Action
    {
        enum class When { AtTime, StageStart, StageEnd, Rule, ByHand };
        QString name;
        When when = When::ByHand;
        Nanoseconds at{};      ///< AtTime.
        QString stage;         ///< StageStart, StageEnd.
        QString rule;          ///< Rule: done when it is not met.
        std::optional<Call> call; ///< Or else ...
        QString command;          ///< ... a program, in the scenario's folder, or else ...
        bool stopsTarget = false; ///< ... the target itself is ended.
        std::optional<Capture> capture; ///< Of a URL, the call says which; of a command, that one with ${file} in it.
        QString expectEffect;     ///< "p95(retrieve) falls by 200 ms to 300 ms"; may be empty.
        Nanoseconds settle{5s};   ///< After it, before its effect is measured.
        Nanoseconds window{30s};  ///< Before and after, compared.
        Nanoseconds within{60s};  ///< What takes longer is cut.
        std::vector<Action> ladder; ///< Instead of call and command: one after the other, while the rule stays not met.
        TextRange range;
    };
    struct Secret
    {
        enum class Source { Environment, File, Keyring };
        QString name;
        Source source = Source::Environment;
        QString location; ///< Name of the variable; file; or "service/entry" of the keyring.
        TextRange range;
    };
    /// What must be there before the load begins.
    struct Service
    {
        QString name;
        QString tcp;     ///< "host:port" that must take a connection, or else ...
        QString url;     ///< ... a URL that must answer with a success, or else ...
        QString command; ///< ... a program that must end with 0.
        Nanoseconds within{10s};
        TextRange range;
    };
    /// A cell of the table of objectives; its rule is among `rules`.
    struct Objective
    {
        QString row;    ///< What it is of: a step, path or glob; "all" for all of them.
        QString column; ///< Its metric, as "p95".
        int rule = 0;   ///< Index into rules.
    };
    struct Requirement
    {
        QString id;
        QString text;
        int rule = 0; ///< Index into rules.
    };
    /// How many rules must be met: at least `count` of all, or `share` of their weights. Neither: all.
    struct Acceptance
    {
        std::optional<int> count;
        std::optional<int> of; ///< As written behind the count.
        std::optional<double> share;
        TextRange range;
    };

    /// What the session keeps beside its counts and histograms.
    struct Record
    {
        enum class Samples { All, Errors, Sample, Off };
        Samples samples = Samples::All; ///< Which requests are kept whole.
    };

    int version = 1;
    QString name;
    std::optional<std::uint64_t> seed;
    std::vector<std::pair<QString, QString>> vars; ///< Name and value, in order, for ${name}.
    Target target;
    std::vector<Flow> flows;
    Load load;
    std::vector<Probe> probes;
    std::vector<RuleText> rules; ///< Those of the list, then those of objectives and requirements; each text once.
    std::vector<Objective> objectives;
    std::vector<std::pair<QString, QString>> profiles; ///< Chosen: group and profile, in the order of the groups.
    QString environment; ///< Chosen; empty: none.
    std::vector<Feed> feeds;
    std::vector<QString> variables; ///< All names that steps extract; a template names them by their place here.
    std::vector<Observation> observations; ///< The one of Target::serverTime, if any, comes first.
    std::vector<Action> actions;
    std::vector<std::pair<QString, QString>> dashboards; ///< Name and address, as in RunFacts.
    std::vector<Secret> secrets;
    std::vector<Service> services;
    std::vector<Requirement> requirements;
    std::optional<Acceptance> acceptance;
    Record record;
    bool achievedRule = true; ///< The implicit "achieved >= 99 %" of the open model.
};

} // namespace Headroom
