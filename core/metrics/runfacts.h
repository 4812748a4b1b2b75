// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/stats/rawsample.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace Headroom {

/// What is fixed about a run before it starts: the names and places that frames index into.
/// Immutable; shared between threads; stored in the session.
struct RunFacts
{
    struct Step
    {
        QString name;   ///< As written, else the path.
        QString method;
        QString path;   ///< Template text of the path, without query.
        FlowIndex flow;
        bool operator==(const Step &) const = default;
    };
    struct Flow
    {
        QString name;
        double intendedShare = 1.0; ///< Of the weighted flows' iterations; 0 for a flow with a rate of its own.
        std::optional<double> ownRatePerSecond;
        bool operator==(const Flow &) const = default;
    };
    struct Stage
    {
        QString name;
        Nanoseconds start{};  ///< From the start of the run.
        Nanoseconds length{}; ///< Planned.
        double from = 0.0;    ///< Arrivals per second (open) or users (closed) at its start ...
        double to = 0.0;      ///< ... and end.
        bool isWarmUp = false;
        bool operator==(const Stage &) const = default;
    };
    struct Series ///< One value per second, from a probe.
    {
        QString probe;
        QString field;
        QString unit; ///< "bytes", "percent", "seconds", "count", "up" (1: well, 0: not) or empty.
        QString name() const { return field.isEmpty() ? probe : probe + QLatin1Char('.') + field; }
        bool operator==(const Series &) const = default;
    };

    struct Batches ///< As many times as many iterations at once, and a barrier after each.
    {
        int count = 1;
        int size = 1;
        bool operator==(const Batches &) const = default;
    };
    struct LimitSearch ///< The load looks for the highest rate that the rules hold at.
    {
        double plannedPerSecond = 0.0; ///< What the plan asks for; the search begins there.
        double upToPerSecond = 0.0;
        Nanoseconds hold{}; ///< Judged at each rate.
        Nanoseconds confirm{}; ///< Judged at the rate found.
        double within = 0.05; ///< Share of the bracket's lower end.
        bool operator==(const LimitSearch &) const = default;
    };

    struct Connections ///< How they were made and encrypted, beside the transport.
    {
        bool isTls = false; ///< Some requests went over TLS.
        bool isVerified = true; ///< The server's certificate had to be valid.
        bool isResumed = true; ///< A new connection could go on with an earlier session.
        bool hasAuthorities = false; ///< Trusted instead of those of the system.
        bool hasCertificate = false; ///< Of the client.
        QString serverName{}; ///< Asked for and verified instead of the URL's host; empty: that.
        bool isReused = true; ///< Else each request had one of its own.
        bool isHttp2 = false;
        int streams = 1; ///< Requests at once on one of HTTP/2.
        QString family = QStringLiteral("any"); ///< Or "ipv4", "ipv6".
        bool isResolvedEachTime = false; ///< Names were looked up for each, else once.
        QString socket{}; ///< Name of the local socket that they went to; empty: none.
        QStringList sources{}; ///< Addresses that they came from, in turn; empty: the system's choice.
        bool operator==(const Connections &) const = default;
    };

    struct Observation ///< What answers say of themselves, under a name.
    {
        enum class Kind { Hit, Value, Part, ServerTime };
        QString name;
        Kind kind = Kind::Value;
        QString unit; ///< "ms" for parts and the server time; empty for hits.
        bool isOfRejections = false; ///< Of those instead of answers as expected.
        std::optional<double> expectedShare{}; ///< Of Part: of the server's time, as the scenario expects it.
        bool operator==(const Observation &) const = default;
    };
    struct Action
    {
        QString name;
        QString text;         ///< What is done, for people: "POST /admin/reload".
        QString expectEffect; ///< As written; may be empty.
        Nanoseconds settle{};
        Nanoseconds window{};
        bool isByHand = false;
        QString when{};       ///< For people: "at 1:00", "at the start of burst", "when p95 > 900 ms for 5 s", "by hand".
        QString ladder{};     ///< The ladder that it is a rung of, in their order; may be empty.
        bool stopsTarget = false; ///< It ends the target.
        bool operator==(const Action &) const = default;
    };
    struct Objective ///< A cell of the table of objectives.
    {
        QString row;    ///< A step, path or glob; "all".
        QString column; ///< "p95"
        int rule = 0;   ///< Index into rules.
        bool operator==(const Objective &) const = default;
    };
    struct Requirement
    {
        QString id;
        QString text;
        int rule = 0; ///< Index into rules.
        bool operator==(const Requirement &) const = default;
    };
    struct RequiredRule ///< Must be met whatever the acceptance says.
    {
        int rule = 0; ///< Index into rules.
        bool isImplicit = false; ///< Asked of every open load; else from outside the scenario, as a suite's objectives.
        bool isCounted = false; ///< By the acceptance too, as the scenario says it as well.
        bool operator==(const RequiredRule &) const = default;
    };

    static constexpr std::size_t kMostDashboards = 50;
    static constexpr std::size_t kMostRules = 1000; ///< And objectives, requirements, observations.

    QString name;             ///< The scenario's.
    QString target;           ///< URL, without user info and query.
    QString transport;        ///< "qnam", "lines" or "direct".
    Connections connections{};
    bool isOpenModel = false;
    std::optional<std::uint64_t> userCap; ///< Open model: iterations under way at once.
    QString latePolicy;       ///< "queue" or "drop".
    QString spacing;          ///< "even" or "poisson"; empty in the closed model.
    std::uint64_t seed = 0;
    int workers = 1;
    std::optional<std::uint64_t> iterations; ///< Fixed count, when the plan has one.
    std::optional<std::uint64_t> iterationsEach; ///< The same for each user.
    std::optional<Batches> batches;
    std::optional<LimitSearch> limitSearch;
    Nanoseconds plannedLength{};             ///< Sum of the stages.
    std::vector<Step> steps;
    std::vector<Flow> flows;
    std::vector<Stage> stages;
    std::vector<Series> series;
    QStringList profiles;     ///< "group: profile", and "environment: name"; what was chosen.
    std::vector<Observation> observations;
    std::vector<Action> actions;
    /// Name and address of pages that show the time of the run, as timeLink() takes it.
    std::vector<std::pair<QString, QString>> dashboards;
    std::vector<Objective> objectives;
    std::vector<Requirement> requirements;
    std::vector<RequiredRule> requiredRules;
    QString acceptance;       ///< "at least 5 of 6", "at least 80 %"; empty: all rules.
    SampleKeeping sampleKeeping = SampleKeeping::Off; ///< Which requests the session holds whole.
    std::uint64_t machineMemoryBytes = 0; ///< Of the machine that the run is on; 0: not known.
    std::optional<Nanoseconds> timeToReady{}; ///< From the target's start, or from when it was waited for, until it was ready.
    QStringList rules;        ///< Text of each rule, in order; the implicit ones last.

    std::optional<StepIndex> stepNamed(QStringView name) const;
    /// The stage that a time since the start lies in; the last one after the end (the drain).
    StageIndex stageAt(Nanoseconds sinceStart) const;
    /// Whether its transport can tell when it opens a connection, and how long that takes.
    bool tellsOpenings() const { return transport == QLatin1String("direct"); }
    bool operator==(const RunFacts &) const = default;
};

using RunFactsPtr = std::shared_ptr<const RunFacts>;

} // namespace Headroom
