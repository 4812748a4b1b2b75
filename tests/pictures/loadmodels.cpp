// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadmodels.h"

#include "searchcourse.h"

namespace Headroom {

namespace {

constexpr const char *kOneStep = "flows:\n  - name: browse\n    steps: [ { get: / } ]\n";

ServiceTime constant(double seconds)
{
    return [seconds](std::size_t, double) { return seconds; };
}

/// Shorter and longer by turns.
ServiceTime varying(double least, double step)
{
    return [least, step](std::size_t request, double) { return least + step * double(request * 7 % 5); };
}

/// Answers in 0.2 s, but stands still from 1.5 s to 2.7 s.
double stalling(std::size_t, double sent) { return sent > 1.3 && sent < 2.7 ? 2.7 - sent + 0.2 : 0.2; }

QByteArray scenario(const QByteArray &load)
{
    const QByteArray flows = load.contains("flows:") ? "" : kOneStep;
    return "headroom: 1\ntarget: { url: http://127.0.0.1:1 }\n" + flows + load + '\n';
}

} // namespace

LoadCourse LoadModel::course() const
{
    if (load.isEmpty())
        return walkSearch();
    LoadCourse course = walkLoad(scenario(load), serviceTime);
    for (const QByteArray &next : sweep)
        course.append(walkLoad(scenario(next), serviceTime));
    return course;
}

const std::vector<LoadModel> &loadModels()
{
    static const std::vector<LoadModel> kModels{
        {QStringLiteral("closed-constant"), QStringLiteral("Four users, each beginning again when it is done"),
         "load: { users: 4, for: 4 s }", constant(0.3)},
        {QStringLiteral("closed-ramp"), QStringLiteral("Users from 1 to 8"),
         "load: { stages: [ { users: 0 to 8, for: 4 s } ] }", constant(0.3)},
        {QStringLiteral("closed-step"), QStringLiteral("2, 4, then 6 users"),
         "load: { stages: [ { users: 2, for: 1500 ms }, { users: 4, for: 1500 ms }, { users: 6, for: 1500 ms } ] }",
         constant(0.3)},
        {QStringLiteral("closed-spike"), QStringLiteral("2 users, a spike of 8, then 2 again"),
         "load: { stages: [ { users: 2, for: 1500 ms }, { users: 8, for: 1 s }, { users: 2, for: 1500 ms } ] }",
         constant(0.3)},
        {QStringLiteral("think"), QStringLiteral("Four users who think between their requests"),
         "flows:\n  - name: browse\n    steps: [ { get: /, think: 100 ms to 900 ms } ]\nload: { users: 4, for: 4 s }",
         constant(0.2)},
        {QStringLiteral("pace"), QStringLiteral("Four users who begin once a second each"),
         "flows:\n  - name: browse\n    pace: 1 s\n    steps: [ { get: / } ]\nload: { users: 4, for: 4 s }",
         varying(0.2, 0.1)},
        {QStringLiteral("open-constant"), QStringLiteral("Ten arrivals a second, whatever the target does"),
         "load: { rate: 10/s, for: 4 s }", constant(0.35)},
        {QStringLiteral("open-ramp"), QStringLiteral("A rate that rises from 0 to 20/s"),
         "load: { rate: 0/s to 20/s, for: 4 s }", constant(0.25)},
        {QStringLiteral("open-step"), QStringLiteral("5/s, 10/s, then 20/s"),
         "load: { stages: [ { rate: 5/s, for: 1500 ms }, { rate: 10/s, for: 1500 ms }, { rate: 20/s, for: 1500 ms } ] "
         "}",
         constant(0.2)},
        {QStringLiteral("open-sine"), QStringLiteral("A rate that swings around 12/s"),
         "load: { stages: [ { rate: 12/s, sine: { amplitude: 10/s, period: 2 s }, for: 4 s } ] }", constant(0.2)},
        {QStringLiteral("poisson"), QStringLiteral("Ten arrivals a second by chance"),
         "load: { rate: 10/s, for: 4 s, spacing: poisson }", constant(0.3)},
        {QStringLiteral("late-queue"), QStringLiteral("At the cap arrivals wait, with their planned start kept"),
         "load: { rate: 10/s, for: 4 s, users: 4, late: queue }", stalling},
        {QStringLiteral("late-drop"), QStringLiteral("At the cap arrivals are dropped and counted"),
         "load: { rate: 10/s, for: 4 s, users: 4, late: drop }", stalling},
        {QStringLiteral("partly-open"), QStringLiteral("Visitors arrive twice a second and walk three steps each"),
         "flows:\n  - name: visit\n    steps: [ { get: /list }, { get: /item, think: 250 ms }, { get: /order, think: "
         "400 ms } ]\nload: { rate: 2/s, for: 4 s }",
         constant(0.15)},
        {QStringLiteral("count"), QStringLiteral("Twelve iterations by three users, then the end"),
         "load: { users: 3, iterations: 12 }", constant(0.4)},
        {QStringLiteral("each"), QStringLiteral("Six users, five rapid requests each"),
         "load: { users: 6, iterations_each: 5 }", varying(0.2, 0.1)},
        {QStringLiteral("batches"), QStringLiteral("Four batches of six, a barrier after each"),
         "load: { batches: 4 of 6 }", varying(0.2, 0.1)},
        {QStringLiteral("between"), QStringLiteral("One at a time, and a reset between: cold starts"),
         "load: { batches: 5 of 1, between: { post: /admin/reset } }", constant(0.5)},
        {QStringLiteral("weights"), QStringLiteral("Two flows, three to one"),
         "flows:\n  - { name: read, weight: 3, steps: [ { get: /read } ] }\n  - { name: write, weight: 1, steps: [ { "
         "post: /write } ] }\nload: { rate: 10/s, for: 4 s }",
         constant(0.3)},
        {QStringLiteral("own-rate"), QStringLiteral("A flow with a rate of its own beside another"),
         "flows:\n  - { name: read, steps: [ { get: /read } ] }\n  - { name: export, rate: 1/s, steps: [ { post: "
         "/export } ] }\nload: { rate: 0/s to 12/s, for: 4 s }",
         constant(0.3)},
        {QStringLiteral("sweep"),
         QStringLiteral("The same plan with 1, 2, 4 and 8 users"),
         "load: { users: 1, for: 1 s }",
         constant(0.2),
         {"load: { users: 2, for: 1 s }", "load: { users: 4, for: 1 s }", "load: { users: 8, for: 1 s }"}},
        {QStringLiteral("limit"), QStringLiteral("Rates that are tried until the limit is known"), {}, {}},
    };
    return kModels;
}

} // namespace Headroom
