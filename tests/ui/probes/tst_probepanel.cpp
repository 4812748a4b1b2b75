// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/mappingstable.h"
#include "core/scenario/probeedit.h"
#include "core/scenario/scenarioreader.h"
#include "ui/probes/probedialog.h"
#include "ui/probes/probepanel.h"
#include "ui/probes/probetexts.h"
#include "ui/probes/probetreemodel.h"
#include "ui/probes/processpicker.h"
#include "ui/probes/processtablemodel.h"
#include "ui/probes/sparkdelegate.h"
#include "ui/probes/trialbox.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <cmath>

using namespace Headroom;

/// Probes in the window: the list with its live values, choosing a process, putting a probe together, what a trial
/// says.
class ProbePanelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsTheProbesOfTheScenario();
    void showsTheNewestValues();
    void tellsFailuresFromGaps();
    void keepsWhatTheRunHasWhenTheTextChanges();
    void goesToThePlaceOfAProbe();
    void keepsItsChoiceAndFolds();
    void drawsGapsInSmallLines();
    void writesValuesWithTheirUnits_data();
    void writesValuesWithTheirUnits();
    void saysWhatATrialFound();
    void updatesProcessesInPlace();
    void picksAProcessByTyping();
    void offersOtherWaysToAProcess();
    void tellsWhatIsWatchedAlready();
    void saysHowAWorkerIsFound();
    void putsAProbeTogether_data();
    void putsAProbeTogether();
    void saysWhatIsWrongBeforeItIsWritten();
    void takesAProcessIntoTheForm();
    void putsTiersTogether();
    void suggestsHowAMetricIsLookedAt();
    void showsWhatHoldsTheMemory();
    void namesEveryControl();
};

namespace {

constexpr char kScenario[] =
    "headroom: 1\ntarget: { url: http://127.0.0.1:1 }\nprobes:\n  web: { process: { port: 8080 } }\n  "
    "depth: { json: /stats, value: $.depth }\n";

/// What is still missing in it to be a whole one.
constexpr char kLoad[] = "\nflows: [ { steps: [ { get: / } ] } ]\nload: { rate: 1/s, for: 1 s }\n";

QString messageOf(const ScenarioReading &reading)
{
    return reading.diagnostics.empty() ? QString() : reading.diagnostics.front().message;
}

std::vector<Scenario::Probe> probes() { return readScenario(kScenario).scenario.probes; }

/// A run of both, and of one that the scenario has no more.
RunFactsPtr facts()
{
    RunFacts facts;
    facts.series = {{QStringLiteral("web"), QStringLiteral("rss"), QStringLiteral("bytes")},
                    {QStringLiteral("web"), QStringLiteral("cpu"), QStringLiteral("percent")},
                    {QStringLiteral("depth"), {}, QStringLiteral("count")},
                    {QStringLiteral("old"), {}, QStringLiteral("count")}};
    return std::make_shared<const RunFacts>(facts);
}

ReportModel::SeriesRow row(int second, const std::vector<std::optional<double>> &values)
{
    ReportModel::SeriesRow row;
    row.second = second;
    row.probes = values;
    return row;
}

QString at(const QAbstractItemModel &model, int probe, int column, int series = -1)
{
    const QModelIndex parent = model.index(probe, 0);
    return (series < 0 ? parent.siblingAtColumn(column) : model.index(series, column, parent)).data().toString();
}

std::vector<ListedProcess> processes()
{
    ListedProcess shell{.pid = 10,
                        .startTicks = 1,
                        .name = QStringLiteral("bash"),
                        .user = QStringLiteral("me"),
                        .command = QStringLiteral("bash")};
    ListedProcess web{.pid = 20,
                      .startTicks = 2,
                      .name = QStringLiteral("web"),
                      .user = QStringLiteral("www"),
                      .command = QStringLiteral("web --token ***")};
    web.ports = {8080, 9090};
    web.rssBytes = 2048 * 1024;
    web.cpuPercent = 12.5;
    return {shell, web};
}

template <typename T> T *child(const QWidget &widget, const char *name)
{
    T *found = widget.findChild<T *>(QLatin1String(name));
    return found;
}

} // namespace

void ProbePanelTest::listsTheProbesOfTheScenario()
{
    ProbeTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProbes(probes());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(at(model, 0, ProbeTreeModel::What), QStringLiteral("process: whoever listens on port 8080"));
    QCOMPARE(at(model, 1, ProbeTreeModel::What), QStringLiteral("JSON: /stats"));
    QCOMPARE(model.index(1, 0).data(ProbeTreeModel::LineRole).toInt(), 5);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setProbes(probes()); // the same once more
    QCOMPARE(resets.size(), 0);
    model.setRun(facts());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowCount(model.index(0, 0)), 2);
    QCOMPARE(at(model, 2, ProbeTreeModel::What), QStringLiteral("only in the run that is shown"));
    model.setRun(nullptr);
    QCOMPARE(model.rowCount(), 2);
}

void ProbePanelTest::showsTheNewestValues()
{
    ProbeTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProbes(probes());
    model.setRun(facts());
    model.addRows({row(0, {1048576.0, 10.0, 3.0, 1.0}), row(1, {2097152.0, std::nullopt, 4.0, 1.0})});
    QCOMPARE(at(model, 0, ProbeTreeModel::Value, 0), QStringLiteral("2.0 MiB"));
    QCOMPARE(at(model, 0, ProbeTreeModel::Value, 1), QStringLiteral("–"));
    QCOMPARE(at(model, 0, ProbeTreeModel::State), QStringLiteral("✓ reading"));
    QCOMPARE(at(model, 1, ProbeTreeModel::Value), QStringLiteral("4")); // its only value in its own row
    const auto course = model.index(0, ProbeTreeModel::Course, model.index(0, 0))
                            .data(ProbeTreeModel::CourseRole)
                            .value<QList<double>>();
    QCOMPARE(course, (QList<double>{1048576.0, 2097152.0}));
    std::vector<ReportModel::SeriesRow> many;
    for (int second = 2; second < 200; ++second)
        many.push_back(row(second, {5.0}));
    model.addRows(many);
    QCOMPARE(model.index(0, ProbeTreeModel::Course, model.index(0, 0))
                 .data(ProbeTreeModel::CourseRole)
                 .value<QList<double>>()
                 .size(),
             60);
    model.clearRows();
    QCOMPARE(at(model, 0, ProbeTreeModel::Value, 0), QStringLiteral("–"));
}

void ProbePanelTest::tellsFailuresFromGaps()
{
    ProbeTreeModel model;
    model.setProbes(probes());
    model.setRun(facts());
    model.addRows({row(4, {1.0, 1.0, 1.0, 1.0}), row(5, {1.0, 1.0, std::nullopt, 1.0})});
    QCOMPARE(at(model, 1, ProbeTreeModel::State), QStringLiteral("… no value"));
    model.setEvents({{2s, QStringLiteral("probe"), QStringLiteral("probe depth: delivers values now")}});
    QCOMPARE(at(model, 1, ProbeTreeModel::State), QStringLiteral("… no value")); // that was before
    model.setEvents({{5s, QStringLiteral("probe"), QStringLiteral("probe depth: GET /stats answered 503")},
                     {5s, QStringLiteral("stage"), QStringLiteral("probe depth: not of a probe")}});
    QCOMPARE(at(model, 1, ProbeTreeModel::State), QStringLiteral("✗ GET /stats answered 503"));
    model.addRows({row(6, {1.0, 1.0, 9.0, 1.0})});
    QCOMPARE(at(model, 1, ProbeTreeModel::State), QStringLiteral("✓ reading"));
}

void ProbePanelTest::keepsWhatTheRunHasWhenTheTextChanges()
{
    ProbeTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProbes(probes());
    model.setRun(facts());
    model.addRows({row(1, {1048576.0, 1.0, 1.0, 7.0})});
    std::vector<Scenario::Probe> fewer = probes();
    fewer.erase(fewer.begin());
    model.setProbes(fewer);
    QCOMPARE(model.rowCount(), 3); // the run still has it
    QCOMPARE(at(model, 0, ProbeTreeModel::Name), QStringLiteral("depth"));
    QCOMPARE(at(model, 1, ProbeTreeModel::Value, 0), QStringLiteral("1.0 MiB"));
    QCOMPARE(model.index(1, 0).data(ProbeTreeModel::LineRole).toInt(), 0);
}

void ProbePanelTest::goesToThePlaceOfAProbe()
{
    ProbePanel panel;
    panel.model().setProbes(probes());
    panel.show();
    QSignalSpy wanted(&panel, &ProbePanel::placeWanted);
    auto *tree = child<QTreeView>(panel, "probes");
    tree->setFocus();
    tree->setCurrentIndex(panel.model().index(1, 0));
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toInt(), 5);
}

void ProbePanelTest::keepsItsChoiceAndFolds()
{
    ProbePanel panel;
    QVERIFY(!child<QLabel>(panel, "noProbes")->isHidden());
    panel.model().setProbes(probes());
    QVERIFY(child<QLabel>(panel, "noProbes")->isHidden());
    QVERIFY(panel.chosen().isEmpty()); // there are two
    panel.choose(QStringLiteral("depth"));
    panel.model().setRun(facts());
    QCOMPARE(panel.chosen(), QStringLiteral("depth"));
    QVERIFY(panel.isChosenInScenario());
    auto *tree = child<QTreeView>(panel, "probes");
    QVERIFY(tree->isExpanded(panel.model().index(0, 0)));
    tree->collapse(panel.model().index(0, 0));
    panel.model().setProbes({});
    QVERIFY(!tree->isExpanded(panel.model().index(0, 0)));
    panel.choose(QStringLiteral("old"));
    QVERIFY(!panel.isChosenInScenario());
    panel.choose(QStringLiteral("web2")); // comes later
    Scenario::Probe probe = probes().front();
    probe.name = QStringLiteral("web2");
    panel.model().setProbes({probe});
    QCOMPARE(panel.chosen(), QStringLiteral("web2"));
}

void ProbePanelTest::drawsGapsInSmallLines()
{
    // Five places in 100 pixels: a step of 25. Values of 0 to 4 in a height of 40.
    const QRectF place(0.0, 0.0, 100.0, 40.0);
    const auto pieces = sparkLines({0.0, 4.0, NAN, 2.0}, place, 5);
    QCOMPARE(pieces, (std::vector<QList<QPointF>>{{{25.0, 40.0}, {50.0, 0.0}}, {{100.0, 20.0}}}));
    QCOMPARE(sparkLines({7.0, 7.0}, place, 5), (std::vector<QList<QPointF>>{{{75.0, 20.0}, {100.0, 20.0}}}));
    QVERIFY(sparkLines({NAN, INFINITY}, place, 5).empty());
    QVERIFY(sparkLines({}, place, 5).empty());
}

void ProbePanelTest::writesValuesWithTheirUnits_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    const auto row = [](double value, const char *unit, const char *text) {
        QTest::newRow(text) << value << QString::fromLatin1(unit) << QString::fromUtf8(text);
    };
    row(1536.0, "bytes", "1.5 KiB");
    row(12.5, "percent", "12.5 %");
    row(0.25, "seconds", "250 ms");
    row(1.0, "up", "up");
    row(0.0, "up", "down");
    row(42.0, "count", "42");
    row(NAN, "count", "–");
}

void ProbePanelTest::writesValuesWithTheirUnits()
{
    QFETCH(double, value);
    QFETCH(QString, unit);
    QTEST(seriesValueText(value, unit), "text");
}

void ProbePanelTest::saysWhatATrialFound()
{
    TrialBox box;
    QVERIFY(box.isHidden());
    QSignalSpy cancelled(&box, &TrialBox::cancelled);
    box.showTrying(QStringLiteral("web"));
    QVERIFY(!box.isHidden());
    QTest::mouseClick(child<QPushButton>(box, "cancelTrial"), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
    ProbeTrialOutcome outcome;
    outcome.series = {{QStringLiteral("web"), QStringLiteral("rss"), QStringLiteral("bytes")},
                      {QStringLiteral("web"), QStringLiteral("cpu"), QStringLiteral("percent")}};
    outcome.values = {1048576.0, 3.0};
    box.showOutcome(QStringLiteral("web"), outcome);
    QCOMPARE(box.text(), QStringLiteral("✓ web: rss 1.0 MiB, cpu 3 %"));
    QVERIFY(child<QPushButton>(box, "cancelTrial")->isHidden());
    outcome.values = {std::nullopt, std::nullopt};
    outcome.sentences = {QStringLiteral("nothing <b>listens</b>\non port 8080")};
    box.showOutcome(QStringLiteral("web"), outcome);
    QVERIFY(box.text().startsWith(QStringLiteral("✗ web: nothing <b>listens</b>")));
    QVERIFY(!box.text().contains(QLatin1Char('\n'))); // foreign text in one line
}

void ProbePanelTest::updatesProcessesInPlace()
{
    ProcessTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProcesses(processes());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(at(model, 1, ProcessTableModel::Port), QStringLiteral("8080, 9090"));
    QCOMPARE(at(model, 1, ProcessTableModel::Memory), QStringLiteral("2.0 MiB"));
    QCOMPARE(at(model, 1, ProcessTableModel::Cpu), QStringLiteral("12.5 %"));
    QCOMPARE(at(model, 0, ProcessTableModel::Cpu), QStringLiteral("–"));
    const QPersistentModelIndex web(model.index(1, 0));
    const ListedProcess early{.pid = 5, .startTicks = 9, .name = QStringLiteral("a")};
    const ListedProcess late{.pid = 30, .startTicks = 9, .name = QStringLiteral("z")};
    model.setProcesses({early, processes()[1], late}); // bash has ended
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(web.row(), 1);
    ListedProcess other = processes()[1];
    other.startTicks = 99; // another one with its number
    model.setProcesses({early, other, late});
    QVERIFY(!web.isValid());
    model.setProcesses({});
    QCOMPARE(model.rowCount(), 0);
}

void ProbePanelTest::picksAProcessByTyping()
{
    ProcessPicker picker({}, nullptr, std::make_unique<ProcessFeed>(&processes));
    picker.show();
    auto *table = child<QTableView>(picker, "processes");
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(picker.processName(), QStringLiteral("web")); // what listens is first
    auto *search = child<QLineEdit>(picker, "processSearch");
    QTest::keyClicks(search, QStringLiteral("me bash"));
    QCOMPARE(table->model()->rowCount(), 1);
    QCOMPARE(picker.processName(), QStringLiteral("bash"));
    QCOMPARE(picker.address(), (ProcessAddress{ProcessAddress::By::Name, 0, QStringLiteral("bash")}));
    search->setText(QStringLiteral("nobody"));
    QVERIFY(!child<QPushButton>(picker, "watchButton")->isEnabled());
    search->setText(QStringLiteral("9090"));
    QSignalSpy accepted(&picker, &QDialog::accepted);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(addressYaml(picker.address()), QStringLiteral("{ process: { port: 8080 } }"));
}

void ProbePanelTest::offersOtherWaysToAProcess()
{
    ProcessPicker picker({}, nullptr, std::make_unique<ProcessFeed>(&processes));
    picker.show();
    QTRY_COMPARE(picker.processName(), QStringLiteral("web"));
    auto *ways = child<QComboBox>(picker, "processWays");
    QCOMPARE(ways->count(), 4); // two ports, name, pid
    ways->setCurrentIndex(3);
    QCOMPARE(child<QLabel>(picker, "processWritten")->text(),
             QStringLiteral("Will be written: { process: { pid: 20 } }"));
    child<QTableView>(picker, "processes")->selectRow(1);
    QCOMPARE(picker.processName(), QStringLiteral("bash"));
    QCOMPARE(ways->count(), 2);
}

void ProbePanelTest::tellsWhatIsWatchedAlready()
{
    ProcessPicker picker(probes(), nullptr, std::make_unique<ProcessFeed>(&processes)); // web watches port 8080
    picker.show();
    QTRY_COMPARE(picker.processName(), QStringLiteral("web"));
    auto *table = child<QTableView>(picker, "processes");
    const auto markIn = [table](int row) { return table->model()->index(row, ProcessTableModel::Probe).data().toString(); };
    QCOMPARE(markIn(0), QStringLiteral("web"));
    QCOMPARE(markIn(1), QString());
    auto *note = child<QLabel>(picker, "processNote");
    QCOMPARE(note->text(), QStringLiteral("The probe web watches it already."));
    QCOMPARE(table->accessibleDescription(), note->text());
    QVERIFY(!child<QPushButton>(picker, "watchButton")->isEnabled());
    QSignalSpy accepted(&picker, &QDialog::accepted);
    auto *search = child<QLineEdit>(picker, "processSearch");
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(accepted.size(), 0);
    QTest::keyClick(search, Qt::Key_Down); // to the shell
    QCOMPARE(note->text(), QString());
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(accepted.size(), 1);
    Scenario::Probe byName;
    byName.name = QStringLiteral("long");
    byName.processName = QStringLiteral("headroom-workbench"); // of which the kernel keeps 15 characters
    const ListedProcess workbench{.pid = 7, .name = QStringLiteral("headroom-workbe")};
    QVERIFY(watcherOf(workbench, {byName}));
    QVERIFY(!watcherOf(processes()[0], {byName}));
}

void ProbePanelTest::saysHowAWorkerIsFound()
{
    const auto withWorker = [] {
        std::vector<ListedProcess> all = processes();
        ListedProcess worker = all[1]; // of web: its port and its name
        worker.pid = 21;
        worker.sharedPorts = worker.ports;
        worker.isOldestOfName = false;
        all.push_back(worker);
        return all;
    };
    ProcessPicker picker(probes(), nullptr, std::make_unique<ProcessFeed>(withWorker));
    picker.show();
    auto *table = child<QTableView>(picker, "processes");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    child<QLineEdit>(picker, "processSearch")->setText(QStringLiteral("21 web"));
    QCOMPARE(addressYaml(picker.address()), QStringLiteral("{ process: { pid: 21 } }"));
    QVERIFY(child<QPushButton>(picker, "watchButton")->isEnabled()); // what the probe watches is its parent
    QCOMPARE(child<QLabel>(picker, "processNote")->text(),
             QStringLiteral("An older process listens on port 8080 too, so only its number finds it, until it ends. To watch all of "
                            "them, choose the oldest one and add children: true."));
}

void ProbePanelTest::putsAProbeTogether_data()
{
    using Fields = QList<std::pair<QString, QString>>;
    QTest::addColumn<QString>("kind");
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *kind, const Fields &fields, const char *written) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << fields << QString::fromUtf8(written);
    };
    row("process", {{"who", "8080"}}, "service: { process: { port: 8080 } }");
    row("health", {{"health", "/health/ready"}}, "health: { health: /health/ready }");
    row("json", {{"json", "/stats?a=1"}, {"value", "$.a"}}, "stats: { json: '/stats?a=1', value: $.a }");
    row("prometheus", {{"prometheus", "/metrics"}, {"metric", "hits_total"}, {"as", "rate"}},
        "metric: { prometheus: /metrics, metric: hits_total, as: rate }");
    row("redis", {{"redis", "127.0.0.1:6379"}, {"value", "LLEN jobs"}},
        "queue: { redis: '127.0.0.1:6379', value: 'LLEN jobs' }");
    row("log", {{"log", "app.log"}, {"pattern", "took (\\d+) ms"}, {"as", "p95"}},
        "log: { log: app.log, pattern: 'took (\\d+) ms', as: p95 }");
    row("command", {{"command", "cat /proc/loadavg"}, {"pattern", "^([0-9.]+)"}},
        "command: { command: 'cat /proc/loadavg', pattern: '^([0-9.]+)' }");
    row("promql", {{"promql", "sum(rate(hits_total{code=\"500\"}[1m]))"}, {"url", "http://127.0.0.1:9090"}},
        "query: { promql: 'sum(rate(hits_total{code=\"500\"}[1m]))', url: http://127.0.0.1:9090 }");
    row("csv", {{"csv", "my costs.csv"}, {"value", "cost USD"}}, "cost: { csv: 'my costs.csv', value: 'cost USD' }");
    row("sqlite", {{"sqlite", "usage.db"}, {"query", "SELECT sum(cost) FROM usage WHERE kind = 'api'"}},
        "usage: { sqlite: usage.db, query: 'SELECT sum(cost) FROM usage WHERE kind = ''api''' }");
    row("gpu", {{"gpu", "1"}}, "gpu: { gpu: 1 }");
    row("host", {}, "machine: { host: true }");
    row("cgroup", {{"cgroup", "/"}}, "group: { cgroup: / }");
}

void ProbePanelTest::putsAProbeTogether()
{
    QFETCH(QString, kind);
    using Fields = QList<std::pair<QString, QString>>;
    QFETCH(Fields, fields);
    ProbeDialog dialog(kScenario, {}, nullptr);
    const std::vector<ProbeKind> kinds = probeKinds();
    const auto found = std::ranges::find(kinds, kind, &ProbeKind::key);
    child<QComboBox>(dialog, "probeKinds")->setCurrentIndex(int(found - kinds.begin()));
    auto *form = dialog.findChild<ProbeForm *>(QStringLiteral("probeForm.") + kind);
    const bool isComplete = fields.isEmpty() || kind == QLatin1String("gpu"); // a number is always there
    QCOMPARE(child<QPushButton>(dialog, "addButton")->isEnabled(), isComplete); // the rest is still missing
    for (const auto &[key, value] : fields) {
        auto *editor = form->findChild<QWidget *>(QStringLiteral("field.") + key);
        if (auto *line = qobject_cast<QLineEdit *>(editor))
            line->setText(value);
        else if (auto *box = qobject_cast<QSpinBox *>(editor))
            box->setValue(value.toInt());
        else
            static_cast<QComboBox *>(editor)->setCurrentText(value);
    }
    QTEST(child<QLabel>(dialog, "probeWritten")->text(), "written");
    QVERIFY2(child<QPushButton>(dialog, "addButton")->isEnabled(),
             qPrintable(child<QLabel>(dialog, "probeProblem")->text()));
    QVERIFY(child<QPushButton>(dialog, "tryButton")->isEnabled());
    const ScenarioReading reading = readScenario(dialog.textWithProbe() + kLoad);
    QVERIFY2(!hasErrors(reading.diagnostics), qPrintable(messageOf(reading)));
    const auto &after = reading.scenario.probes;
    QCOMPARE(after.size(), 3u);
    QCOMPARE(after.back().name, dialog.name());
    QCOMPARE(applied(kScenario, dialog.edit()), dialog.textWithProbe());
}

void ProbePanelTest::saysWhatIsWrongBeforeItIsWritten()
{
    ProbeDialog dialog(kScenario, {}, nullptr);
    auto *problem = child<QLabel>(dialog, "probeProblem");
    auto *name = child<QLineEdit>(dialog, "probeName");
    QCOMPARE(problem->text(), QStringLiteral("Still to be filled in: Which"));
    auto *who = child<QLineEdit>(dialog, "field.who");
    who->setText(QStringLiteral("99999"));
    QVERIFY2(problem->text().contains(QStringLiteral("65535")), qPrintable(problem->text()));
    who->setText(QStringLiteral("80"));
    QVERIFY(problem->text().isEmpty());
    name->setText(QStringLiteral("web"));
    QVERIFY(problem->text().contains(QStringLiteral("there is a probe 'web' already")));
    QVERIFY(!child<QPushButton>(dialog, "tryButton")->isEnabled());
    QVERIFY(dialog.textWithProbe().isEmpty());
    ProbeDialog broken("probes:\n\tx: 1\n", {}, nullptr);
    child<QLineEdit>(broken, "field.who")->setText(QStringLiteral("80"));
    QVERIFY(child<QLabel>(broken, "probeProblem")->text().contains(QStringLiteral("line 2")));
}

void ProbePanelTest::takesAProcessIntoTheForm()
{
    ProbeDialog dialog(kScenario, {}, nullptr);
    auto *form = dialog.findChild<ProbeForm *>(QStringLiteral("probeForm.process"));
    form->setAddress({ProcessAddress::By::Name, 0, QStringLiteral("my app")});
    QCOMPARE(form->yaml(), QStringLiteral("{ process: { name: 'my app' } }"));
    child<QCheckBox>(*form, "field.children")->setChecked(true);
    QCOMPARE(form->yaml(), QStringLiteral("{ process: { name: 'my app', children: true } }"));
    child<QComboBox>(*form, "field.way")->setCurrentText(QStringLiteral("target"));
    QCOMPARE(form->yaml(), QStringLiteral("{ process: { target: true, children: true } }"));
    QSignalSpy wanted(form, &ProbeForm::pickerWanted);
    child<QPushButton>(*form, "chooseProcess")->click();
    QCOMPARE(wanted.size(), 1);
    auto *picker = dialog.findChild<ProcessPicker *>();
    QVERIFY(picker);
    picker->reject();
}

void ProbePanelTest::putsTiersTogether()
{
    ProbeDialog dialog(kScenario, {}, nullptr);
    child<QComboBox>(dialog, "probeKinds")->setCurrentText(QStringLiteral("Health tiers"));
    auto *tiers = child<QLineEdit>(dialog, "field.tiers");
    auto *problem = child<QLabel>(dialog, "probeProblem");
    auto *add = child<QPushButton>(dialog, "addButton");
    QCOMPARE(problem->text(), QStringLiteral("Still to be filled in: Tiers"));
    tiers->setText(QStringLiteral("live"));
    QVERIFY(!add->isEnabled());
    QVERIFY2(problem->text().contains(QStringLiteral("live")), qPrintable(problem->text()));
    tiers->setText(QStringLiteral("live: /health/live, ready: http://127.0.0.1:8080/ready?all=1,"));
    QCOMPARE(child<QLabel>(dialog, "probeWritten")->text(),
             QStringLiteral("health: { tiers: { live: /health/live, ready: 'http://127.0.0.1:8080/ready?all=1' } }"));
    QVERIFY2(add->isEnabled(), qPrintable(problem->text()));
    const ScenarioReading reading = readScenario(dialog.textWithProbe() + kLoad);
    QVERIFY2(!hasErrors(reading.diagnostics), qPrintable(messageOf(reading)));
    const auto &after = reading.scenario.probes;
    QCOMPARE(after.size(), 4u);
    QCOMPARE(after[2].name, QStringLiteral("health_live"));
    QCOMPARE(dialog.firstProbe(), after[2].name);
    QCOMPARE(after[3].url, QStringLiteral("http://127.0.0.1:8080/ready?all=1"));
}

void ProbePanelTest::suggestsHowAMetricIsLookedAt()
{
    const std::vector<ProbeKind> kinds = probeKinds();
    ProbeForm form(*std::ranges::find(kinds, QStringLiteral("prometheus"), &ProbeKind::key));
    form.setMetrics({{"hits", "counter", {"code"}, 2}, {"took", "histogram", {}, 1}, {"depth", "gauge", {}, 1}});
    auto *metric = child<QComboBox>(form, "field.metric");
    QCOMPARE(metric->count(), 3);
    QCOMPARE(metric->itemData(0, Qt::ToolTipRole).toString(), QStringLiteral("counter: code"));
    for (const auto &[name, as] : {std::pair("hits", "rate"), std::pair("took", "p95"), std::pair("depth", "value")}) {
        metric->setCurrentText(QLatin1String(name));
        QCOMPARE(form.valueOf(QStringLiteral("as")), QLatin1String(as));
    }
}

void ProbePanelTest::showsWhatHoldsTheMemory()
{
    ProbePanel panel;
    panel.model().setProbes(probes());
    const auto *view = child<QWidget>(panel, "mappingsView");
    const QAbstractItemModel &table = *child<QTableView>(panel, "mappings")->model();
    const auto *whose = child<QLabel>(panel, "mappingsWhose");
    const auto texts = [&table](int row) {
        QStringList cells;
        for (int column = 0; column < table.columnCount(); ++column)
            cells << table.index(row, column).data().toString();
        return cells.join(QStringLiteral(" | "));
    };
    QVERIFY(view->isHidden());
    MappingsLook start{.probe = QStringLiteral("web")};
    start.mappings = {{{QStringLiteral("[heap]"), 2048 * 1024}, {QStringLiteral("<b>x</b>\n"), 1024}}, 2049 * 1024, 1, true};
    panel.showMappings(mappingsTables({start})); // the load has begun
    QVERIFY(!view->isHidden());
    QCOMPARE(whose->text(), QStringLiteral("What holds the memory of web"));
    QCOMPARE(table.rowCount(), 3);
    QCOMPARE(texts(0), QStringLiteral("all together | 2.0 MiB | – | –"));
    QCOMPARE(texts(1), QStringLiteral("[heap] | 2.0 MiB | – | –"));
    QVERIFY(texts(2).startsWith(QStringLiteral("<b>x</b>")) && !texts(2).contains(QLatin1Char('\n'))); // foreign
    MappingsLook end = start;
    end.moment = MappingsLook::Moment::End;
    end.mappings = {{{QStringLiteral("[heap]"), 3072 * 1024}}, 3072 * 1024, 1, false};
    MappingsLook other = start;
    other.probe = QStringLiteral("depth");
    panel.showMappings(mappingsTables({start, other, end})); // it is over
    QCOMPARE(texts(1), QStringLiteral("[heap] | 2.0 MiB | 3.0 MiB | +1.0 MiB"));
    QVERIFY(whose->text().contains(QStringLiteral("some was left out")));
    panel.choose(QStringLiteral("depth"));
    QCOMPARE(whose->text(), QStringLiteral("What holds the memory of depth"));
    QCOMPARE(texts(1), QStringLiteral("[heap] | 2.0 MiB | – | –"));
    panel.showMappings(mappingsTables({start})); // what is chosen has none
    QCOMPARE(whose->text(), QStringLiteral("What holds the memory of web"));
    panel.showMappings({});
    QVERIFY(view->isHidden());
}

void ProbePanelTest::namesEveryControl()
{
    ProbeDialog dialog(kScenario, {}, nullptr);
    ProcessPicker picker({}, nullptr, std::make_unique<ProcessFeed>(&processes));
    ProbePanel panel;
    for (const QWidget *window :
         {static_cast<QWidget *>(&dialog), static_cast<QWidget *>(&picker), static_cast<QWidget *>(&panel)}) {
        for (const QWidget *widget : window->findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
                || qobject_cast<const QSpinBox *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
            const bool isInside = qobject_cast<const QHeaderView *>(widget)
                || widget->objectName().startsWith(QLatin1String("qt_"))
                || qobject_cast<const QComboBox *>(widget->parent()) || widget->window() != window;
            if (isControl && !isInside)
                QVERIFY2(!widget->accessibleName().isEmpty() && !widget->objectName().isEmpty(),
                         qPrintable(widget->objectName()));
        }
    }
}

QTEST_MAIN(ProbePanelTest)
#include "tst_probepanel.moc"
