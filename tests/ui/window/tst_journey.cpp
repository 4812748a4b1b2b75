// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/report/sessionfixture.h"
#include "tests/support/fakeprofilers.h"
#include "tests/support/headroomprocess.h"
#include "tests/support/targetprocess.h"
#include "ui/charts/chartboard.h"
#include "ui/charts/chartpanel.h"
#include "ui/flame/flamegraph.h"
#include "ui/flame/flamewindow.h"
#include "ui/probes/probepanel.h"
#include "ui/probes/probetreemodel.h"
#include "ui/editor/scenarioeditor.h"
#include "ui/run/eventtablemodel.h"
#include "ui/run/kpistrip.h"
#include "ui/run/loaddial.h"
#include "ui/run/replaybar.h"
#include "ui/run/rulepanel.h"
#include "ui/run/ruletablemodel.h"
#include "ui/run/runpage.h"
#include "ui/run/steerbar.h"
#include "ui/run/steerpanel.h"
#include "ui/run/steptablemodel.h"
#include "ui/widgets/copytable.h"
#include "ui/window/actions.h"
#include "ui/window/attachmentdialog.h"
#include "ui/window/ghostdesk.h"
#include "ui/window/mainwindow.h"
#include "ui/window/scenariofile.h"
#include "ui/window/sessiondesk.h"
#include "ui/window/urlbar.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QDesktopServices>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QPointer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace Headroom;

namespace {

constexpr char kScenario[] = R"(headroom: 1
name: Journey
target: { practice: {} }
flows:
  - name: look
    steps:
      - { name: document, get: /documents/7 }
load:
  stages:
    - { name: steady, rate: 40/s, for: 60 s }
probes: { service: { process: { practice: true } } }
rules:
  - p95(document) < 2 s
  - errors < 1 %
)";

/// Three seconds.
constexpr char kShort[] = R"(headroom: 1
name: Short
seed: 7
target: { practice: {} }
flows:
  - name: look
    steps:
      - { name: document, get: /documents/7 }
load:
  stages:
    - { name: steady, rate: 40/s, for: 3 s }
)";

QJsonObject jsonOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

/// In the place of a browser.
class UrlCatcher : public QObject
{
    Q_OBJECT
public:
    QList<QUrl> urls;
public Q_SLOTS:
    void take(const QUrl &url) { urls.append(url); }
};

/// What an engineer does in the window, from the first key to the signed report, against the real practice target.
class JourneyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void typesStartsSteersStopsSavesReplaysAndExports();
    void runsAgainWithTheLinesOfTheEarlierRunBehind();
    void runsAgainAgainstAnotherTargetWithANewSeed();
    void saysWhatASessionIsAndWhyItCannotBeRunAgain();
    void replaysByTheKeysOfTheCharts();
    void runsAUrlWithoutAScenario();
    void showsTheNextRunWhileTheSessionBeforeIsStillRead();
    void showsTheProblemsOfAScenarioInsteadOfStarting();
    void writesAnotherTransportIntoTheScenario();
    void putsAProbeIntoTheScenario();
    void looksAtProfilesMemoryAndDashboardsWhileTheRunIsOn();
    void saysWhyASearchWasNotStarted();
    void asksBeforeTheFirstLoadOnAForeignHost();
    void asksOnceBeforeAScenarioRunsItsCommand();
    void tellsWhenTheTargetCannotBeReached();
    void asksBeforeChangesAreLost();
    void finishesTheRunWhenItIsClosed();
    void restoresItsLayout();
    void namesEveryControl();

private:
    void typeScenario(const QByteArray &text);
    QStringList eventTexts() const;
    QString errorText() const;
    QString stamp() const { return m_window->page().findChild<QLabel *>(QStringLiteral("stamp"))->text(); }
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

void JourneyTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(path(QStringLiteral("settings.ini")));
    RunDesk::Setup setup;
    setup.targetProgram = targetProgram();
    setup.newSessionPath = [this](const QString &name) -> Result<QString> {
        const QString first = path(name + QStringLiteral(".headroom"));
        return QFile::exists(first) ? path(name + QStringLiteral("-2.headroom")) : first;
    };
    setup.isAllowed = [this](const QString &host) { return m_settings->allowedHosts().contains(host); };
    setup.isCommandAllowed = [this](const QString &file, const QString &command) {
        return m_settings->isCommandAllowed(file, command);
    };
    m_window = std::make_unique<MainWindow>(*m_settings, setup);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void JourneyTest::cleanup() { m_window.reset(); }

void JourneyTest::typeScenario(const QByteArray &text)
{
    auto *editor = m_window->editor().findChild<QPlainTextEdit *>();
    editor->setFocus();
    editor->insertPlainText(QString::fromUtf8(text));
}

QStringList JourneyTest::eventTexts() const
{
    QStringList texts;
    for (const RunEvent &event : m_window->page().events().events())
        texts.append(event.text);
    return texts;
}

QString JourneyTest::errorText() const
{
    const auto *box = m_window->findChild<QMessageBox *>(QStringLiteral("errorBox"));
    return box ? box->text() : QString();
}

void JourneyTest::typesStartsSteersStopsSavesReplaysAndExports()
{
    RunPage &page = m_window->page();
    Actions &actions = m_window->actions();
    const QAbstractItemModelTester steps(&page.steps(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester rules(&page.rules(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester events(&page.events(), QAbstractItemModelTester::FailureReportingMode::QtTest);

    // Type and start: numbers come within seconds.
    typeScenario(kScenario);
    QVERIFY(m_window->isWindowModified());
    actions.start->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page.view() && page.view()->requests > 20, 20000);
    QCOMPARE(page.steps().rowCount(), 2); // the step, and all steps
    QVERIFY(page.rules().rowCount() >= 2);
    QVERIFY(page.strip().valueOf(QStringLiteral("achieved")).contains(QStringLiteral("/s")));
    const ProbeTreeModel &probes = m_window->probePanel().model();
    QTRY_COMPARE(probes.index(0, ProbeTreeModel::State).data().toString(), QStringLiteral("✓ reading"));
    QVERIFY(probes.index(0, ProbeTreeModel::Value, probes.index(0, 0)).data().toString().endsWith(QStringLiteral("MiB"))); // rss

    // The rate, by hand: box, then key.
    auto *box = page.dial().findChild<QDoubleSpinBox *>();
    QVERIFY(box);
    QTRY_VERIFY(page.dial().isEnabled() && box->isEnabled());
    box->setValue(80.0);
    QTRY_VERIFY_WITH_TIMEOUT(eventTexts().filter(QStringLiteral("80/s")).size() == 1, 5000);
    QTRY_VERIFY_WITH_TIMEOUT(page.view()->latest->offered > 75.0, 10000);
    actions.increase->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page.dial().value() > 80.0, 2000);

    // Pause and resume: the plan waits.
    const auto toGo = [&page] { return page.steerBar().placeText(); };
    QVERIFY2(toGo().endsWith(QStringLiteral("to go")), qPrintable(toGo()));
    actions.pause->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page.view()->latest->requests == 0.0, 10000);
    QVERIFY(actions.pause->isChecked());
    QVERIFY(actions.backToPlan->isEnabled());
    QTRY_VERIFY2(toGo().endsWith(QStringLiteral("paused, the plan waits")), qPrintable(toGo()));
    actions.pause->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(page.view()->latest->requests > 0.0, 10000);

    // Hold and release, and a longer stage.
    actions.hold->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(eventTexts().filter(QStringLiteral("held by hand at")).size() == 1, 5000);
    QTRY_VERIFY(actions.hold->isChecked());
    actions.hold->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(eventTexts().filter(QStringLiteral("released after")).size() == 1, 5000);
    actions.extendByFive->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(eventTexts().filter(QStringLiteral("stage 'steady' made 5 min")).size() == 1, 5000);
    QTRY_VERIFY2_WITH_TIMEOUT(toGo().contains(QStringLiteral("5:")), qPrintable(toGo()), 5000);

    // Mix and think time are there, and gone again.
    actions.mix->trigger();
    QVERIFY(page.steerPanel().isVisible());
    auto *think = page.steerPanel().findChild<QDoubleSpinBox *>(QStringLiteral("thinkBox"));
    think->setValue(2.0);
    page.steerPanel().apply();
    QTRY_VERIFY_WITH_TIMEOUT(eventTexts().contains(QStringLiteral("think times and paces set to 200 % by hand")), 5000);
    actions.mix->trigger();
    QVERIFY(!page.steerPanel().isVisible());

    // A rule more, and one less.
    RulePanel &rulePanel = m_window->rulePanel();
    const int rulesBefore = page.rules().rowCount();
    actions.addRule->trigger();
    auto *ruleText = rulePanel.findChild<QLineEdit *>(QStringLiteral("ruleText"));
    ruleText->setText(QStringLiteral("p50(document) < 3 s"));
    QTest::keyClick(ruleText, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(page.rules().rowCount(), rulesBefore + 1, 5000);
    QVERIFY(!actions.switchOffRule->isEnabled());
    rulePanel.table()->selectRow(1);
    QVERIFY(actions.switchOffRule->isEnabled());
    const double drawn = page.view()->lengthSeconds;
    actions.switchOffRule->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(page.rules().rowCount(), rulesBefore, 5000);
    QCOMPARE(eventTexts().filter(QStringLiteral("rule switched off by hand: errors < 1 %")).size(), 1);
    const QStringList finalRules = page.facts()->rules;
    QVERIFY(finalRules.last().startsWith(QStringLiteral("p50(document) < 3 s from ")));
    // The new rule is judged in the window as it will be in the report.
    QTRY_VERIFY_WITH_TIMEOUT(page.view()->rules.back().standing == RuleResult::Standing::Met
                                 && page.view()->lengthSeconds > drawn,
                             10000);

    // Stop: the session is stored, and what is shown from then on is what the file says.
    const QString session = path(QStringLiteral("Journey.headroom"));
    actions.stop->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), session, 20000);
    QVERIFY(!m_window->runs().isBusy());
    QTRY_VERIFY_WITH_TIMEOUT(eventTexts().contains(QStringLiteral("stopped by hand")), 5000);
    const QStringList liveEvents = eventTexts();

    // Save, reopen.
    const QString copy = path(QStringLiteral("copy.headroom"));
    m_window->sessions().saveTo(copy);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(copy), 5000);
    m_window->openFile(copy);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), copy, 10000);
    QTRY_VERIFY_WITH_TIMEOUT(page.view() && page.view()->lengthSeconds > 3.0, 10000);
    QCOMPARE(eventTexts(), liveEvents);
    QCOMPARE(m_settings->recentFiles().first(), copy);

    // Replay: from the beginning, then to the end at once.
    SessionReplayer *replayer = m_window->sessions().replayer();
    const Nanoseconds length = replayer->length();
    replayer->seek(1s);
    QTRY_VERIFY_WITH_TIMEOUT(page.view() && page.view()->lengthSeconds == 1.0, 5000);
    replayer->setSpeed(60.0);
    actions.playReplay->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(replayer->position() == length && !replayer->isPlaying(), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(page.view()->lengthSeconds == std::chrono::duration<double>(length).count(), 5000);

    // Export: the very bytes of `headroom report`, and the numbers on the screen.
    m_window->sessions().exportTo(path(QStringLiteral("window.json")));
    m_window->sessions().exportTo(path(QStringLiteral("window.html")));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path(QStringLiteral("window.json")))
                                 && QFile::exists(path(QStringLiteral("window.html"))),
                             10000);
    const ProcessResult report =
        runHeadroom({QStringLiteral("report"), copy, QStringLiteral("--report"), QStringLiteral("json=cli.json"),
                     QStringLiteral("--report"), QStringLiteral("html=cli.html")},
                    m_folder->path());
    QCOMPARE(report.exitCode, 0);
    for (const QString &kind : {QStringLiteral("json"), QStringLiteral("html")}) {
        QFile window(path(QStringLiteral("window.") + kind));
        QFile cli(path(QStringLiteral("cli.") + kind));
        QVERIFY(window.open(QIODevice::ReadOnly) && cli.open(QIODevice::ReadOnly));
        QVERIFY(window.readAll() == cli.readAll());
    }
    const QJsonObject json = jsonOf(path(QStringLiteral("cli.json")));
    QStringList judged;
    for (const QJsonValue &rule : json[QLatin1String("rules")].toArray())
        judged.append(rule[QLatin1String("text")].toString());
    QCOMPARE(judged, finalRules);
    QVERIFY(json[QLatin1String("by_hand")][QLatin1String("changes")].toInt() >= 8);
    QVERIFY(json[QLatin1String("by_hand")][QLatin1String("paused_s")].toDouble() >= 1.0);
    QCOMPARE(double(page.view()->requests), json[QLatin1String("totals")][QLatin1String("requests")].toDouble());
    const QJsonObject step = json[QLatin1String("steps")].toArray().at(0).toObject();
    QCOMPARE(double(page.view()->steps.at(0).requests), step[QLatin1String("requests")].toDouble());
    QCOMPARE(*page.view()->steps.at(0).response.p95,
             step[QLatin1String("response_ms")][QLatin1String("p95")].toDouble());
}

void JourneyTest::runsAgainWithTheLinesOfTheEarlierRunBehind()
{
    RunPage &page = m_window->page();
    Actions &actions = m_window->actions();
    const QString first = path(QStringLiteral("Short.headroom"));
    const QString second = path(QStringLiteral("Short-2.headroom"));
    QVERIFY(!actions.runAgain->isEnabled());
    typeScenario(kShort);
    actions.start->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), first, 20000);
    QVERIFY(page.charts().ghostLines(QStringLiteral("latency")).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(actions.runAgain->isEnabled(), 5000);
    QVERIFY(!actions.noGhost->isEnabled());

    // While the second run goes on, the first one's lines lie behind it in every chart.
    actions.runAgain->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->runs().run() && m_window->runs().run()->state() == RunState::Running, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(page.charts().ghost(), 10000);
    for (const QString &id : page.charts().chartIds())
        QVERIFY2(!page.charts().ghostLines(id).isEmpty(), qPrintable(id));
    QCOMPARE(page.charts().ghostLines(QStringLiteral("throughput")).first(), QStringLiteral("offered"));
    QVERIFY(page.charts().ghost()->name.startsWith(QStringLiteral("Short, ")));
    QCOMPARE(page.charts().ghost()->rows.endTime(), 2.0); // seconds 0 to 2
    QVERIFY(actions.noGhost->isEnabled());

    // Behind the finished one they stay, which is the same run once more.
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), second, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(page.view() && page.view()->lengthSeconds >= 3.0, 10000);
    QVERIFY(page.charts().ghost());
    const auto before = SessionReader::open(first);
    const auto after = SessionReader::open(second);
    QVERIFY(before && after);
    QCOMPARE((*after)->head().scenarioText, (*before)->head().scenarioText);
    QCOMPARE((*after)->facts()->seed, (*before)->facts()->seed);
    actions.noGhost->trigger();
    QVERIFY(!page.charts().ghost());
    QVERIFY(!actions.noGhost->isEnabled());

    // Any session can be laid behind; another one that is opened has nothing behind it.
    m_window->ghosts().lay(first);
    QTRY_VERIFY_WITH_TIMEOUT(!page.charts().ghostLines(QStringLiteral("latency")).isEmpty(), 10000);
    m_window->openFile(first);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), first, 10000);
    QVERIFY(!page.charts().ghost());
}

void JourneyTest::runsAgainAgainstAnotherTargetWithANewSeed()
{
    TargetProcess other;
    QVERIFY(other.start());
    typeScenario(QByteArray(kShort)
                 + "probes: { target: { process: { practice: true } } }\nrules: [ max(target.rss) < 1 GiB ]\n");
    m_window->actions().start->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), path(QStringLiteral("Short.headroom")), 20000);
    QVERIFY2(stamp().isEmpty(), qPrintable(stamp()));
    typeScenario("# changed since\n"); // what is run again is what was run
    QTRY_VERIFY_WITH_TIMEOUT(m_window->actions().runAgainWith->isEnabled(), 5000);
    m_window->actions().runAgainWith->trigger();
    auto *dialog = m_window->findChild<QDialog *>(QStringLiteral("againDialog"));
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>(QStringLiteral("target"))->setText(other.url().toString());
    dialog->findChild<QComboBox *>(QStringLiteral("seed"))->setCurrentIndex(1);
    dialog->accept();
    const QString second = path(QStringLiteral("Short-2.headroom"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), second, 20000);
    const auto session = SessionReader::open(second);
    QVERIFY(session);
    QCOMPARE((*session)->facts()->target, other.url().toString());
    QVERIFY((*session)->facts()->seed != 7);
    QVERIFY(!(*session)->head().scenarioText.contains("changed since"));
    QVERIFY(m_window->editor().text().contains("changed since")); // nobody asked for that to be lost
    // Nobody measures the memory of the other target, and what is shown is not what the text says.
    QVERIFY((*session)->facts()->series.empty());
    QTRY_VERIFY(!eventTexts().filter(QStringLiteral("the probe 'target' watches the target that the scenario starts")).isEmpty());
    QVERIFY2(stamp().contains(QStringLiteral("--target ") + other.url().toString()), qPrintable(stamp()));
}

void JourneyTest::saysWhatASessionIsAndWhyItCannotBeRunAgain()
{
    SessionHead head = smallHead();
    head.scenarioText = "headroom: 1\nname: Old\nflows: 7\n";
    head.overrides = {{QStringLiteral("--duration"), QStringLiteral("10 s")}};
    head.environment = {{QStringLiteral("cut from"), QStringLiteral("all.headroom: 0:01 to 0:04 of 0:10")}};
    const QString session = path(QStringLiteral("old.headroom"));
    auto writer = SessionWriter::create(session, head);
    QVERIFY(writer);
    for (const MetricsFrame &frame : smallFrames())
        QVERIFY((*writer)->append(frame));
    QVERIFY((*writer)->finish({}, 1'700'000'000'000));
    m_window->openFile(session);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), session, 10000);
    QCOMPARE(stamp(),
             QStringLiteral("The scenario's text was changed by options: --duration 10 s\n"
                            "Session: cut from all.headroom: 0:01 to 0:04 of 0:10"));

    // That nothing is attached is said as well.
    m_window->actions().attachments->trigger();
    QVERIFY(m_window->findChild<QDialog *>(QStringLiteral("attachmentDialog")));

    // Each problem, and that it is one of the text in the session.
    m_window->actions().runAgain->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!errorText().isEmpty(), 10000);
    QVERIFY2(errorText().startsWith(QStringLiteral("old.headroom: not started; in the scenario that lies in it:\nLine ")),
             qPrintable(errorText()));
    QVERIFY2(errorText().count(QStringLiteral("Line ")) >= 2, qPrintable(errorText()));
}

void JourneyTest::replaysByTheKeysOfTheCharts()
{
    // What was added to the charts of a scenario of this name is there again.
    const ChartChoices choices{.lines = {{QStringLiteral("latency"), QStringLiteral("throughput"), QStringLiteral("requests")}}};
    m_settings->setChartChoices(QStringLiteral("Short"), choices.text());
    typeScenario(kShort);
    m_window->actions().start->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), path(QStringLiteral("Short.headroom")), 20000);
    ChartBoard *charts = &m_window->page().charts();
    QCOMPARE(charts->choices(), choices);
    const auto *latency = charts->findChild<ChartPanel *>(QStringLiteral("chart.latency"));
    QCOMPARE(latency->chart().lines.back().name, QStringLiteral("requests"));
    QCOMPARE(latency->chart().rightUnit(), ChartSpec::Unit::PerSecond);
    charts->setChoices({});
    Q_EMIT charts->choicesChanged({}); // as a hand does
    QCOMPARE(m_settings->chartChoices(QStringLiteral("Short")), QString());
    SessionReplayer *replayer = m_window->sessions().replayer();
    const Nanoseconds length = replayer->length();
    QTest::keyClick(charts, Qt::Key_Left);
    QVERIFY(replayer->position() < length && replayer->position() >= length - 2s);
    QTest::keyClick(charts, Qt::Key_Home);
    QTRY_COMPARE(replayer->position(), 0s);
    QTest::keyClick(charts, Qt::Key_Plus);
    QCOMPARE(replayer->speed(), 2.0);
    QTest::keyClick(charts, Qt::Key_Space);
    QVERIFY(replayer->isPlaying());
    QTest::keyClick(charts, Qt::Key_End);
    QTRY_COMPARE(replayer->position(), length);
    std::optional<double> cursor;
    connect(charts, &ChartBoard::cursorMoved, this, [&cursor](const std::optional<double> &time) { cursor = time; });
    QTRY_VERIFY_WITH_TIMEOUT(m_window->page().view() && m_window->page().view()->lengthSeconds >= 3.0, 10000);
    QTest::keyClick(charts, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(cursor, 2.0); // the last second
    QTRY_COMPARE(replayer->position(), length); // and the replay stays where it is
    m_window->actions().secondBack->trigger();
    QTRY_VERIFY(replayer->position() < length);
}

void JourneyTest::runsAUrlWithoutAScenario()
{
    TargetProcess target;
    QVERIFY(target.start());
    m_window->urlBar().setContent(
        {target.url().toString() + QStringLiteral("/documents/7"), QStringLiteral("50/s"), QStringLiteral("2 s")});
    QTest::keyClick(m_window->urlBar().findChild<QLineEdit *>(QStringLiteral("url")), Qt::Key_Return);
    QTRY_VERIFY2_WITH_TIMEOUT(!m_window->sessions().path().isEmpty(), qPrintable(errorText()), 20000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->page().view() && m_window->page().view()->requests == 100, 5000); // 50/s for 2 s
    QVERIFY(m_window->editor().text().contains("rate: 50/s")); // and can be saved
    QVERIFY(m_window->scenario().saveTo(path(QStringLiteral("saved.yaml"))));
    QVERIFY(runHeadroom({QStringLiteral("validate"), QStringLiteral("saved.yaml")}, m_folder->path()).exitCode == 0);
}

void JourneyTest::showsTheNextRunWhileTheSessionBeforeIsStillRead()
{
    // The session of the first run once took the page from the second, and was gone when that ended.
    m_window->editor().load(kScenario);
    m_window->actions().start->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->page().view() && m_window->page().view()->requests > 0, 20000);
    QSignalSpy finished(&m_window->runs(), &RunDesk::finished);
    m_window->actions().stop->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
    m_window->editor().load(QByteArray(kScenario).replace("Journey", "Second")); // a file of its own
    m_window->actions().start->trigger(); // before the session is there
    QTRY_VERIFY_WITH_TIMEOUT(m_window->runs().run() && m_window->runs().run()->state() == RunState::Running, 20000);
    QSignalSpy shown(&m_window->page(), &RunPage::viewChanged);
    QTRY_VERIFY_WITH_TIMEOUT(shown.size() >= 2, 20000);
    QVERIFY(m_window->sessions().path().isEmpty());
    m_window->actions().stop->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, 20000);
}

void JourneyTest::showsTheProblemsOfAScenarioInsteadOfStarting()
{
    typeScenario("headroom: 1\nname: Wrong\ntarget: { url: http://127.0.0.1:1 }\nflows:\n  - steps: [ { gett: / } ]\n");
    m_window->actions().start->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->runs().isBusy(), 5000);
    QVERIFY(!m_window->runs().run());
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->editor().diagnostics().empty(), 5000);
    QVERIFY(m_window->actions().start->isEnabled());
}

void JourneyTest::saysWhyASearchWasNotStarted()
{
    // Nothing is wrong with the scenario as such, so the editor has nothing to show.
    typeScenario("headroom: 1\nname: Users\ntarget: { practice: {} }\nflows:\n  - steps: [ { get: / } ]\n"
                 "load: { users: 5, for: 5 s }\nrules: [ errors < 1 % ]\n");
    m_window->actions().findLimit->trigger();
    auto *dialog = m_window->findChild<QDialog *>(QStringLiteral("limitDialog"));
    QVERIFY(dialog);
    dialog->accept();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->statusBar()->currentMessage().startsWith(QStringLiteral(
                                 "Not started: a search for the limit begins at a rate, and this load has users")),
                             5000);
    QVERIFY(!m_window->runs().run());
}

void JourneyTest::asksBeforeTheFirstLoadOnAForeignHost()
{
    m_window->urlBar().setContent(
        {QStringLiteral("http://foreign.invalid/"), QStringLiteral("1/s"), QStringLiteral("1 s")});
    QTest::keyClick(m_window->urlBar().findChild<QLineEdit *>(QStringLiteral("url")), Qt::Key_Return);
    QMessageBox *question = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((question = m_window->findChild<QMessageBox *>(QStringLiteral("hostQuestion"))), 5000);
    QVERIFY(question->text().contains(QStringLiteral("foreign.invalid")));
    question->button(QMessageBox::Cancel)->click();
    QVERIFY(!m_window->runs().isBusy());
    QVERIFY(m_settings->allowedHosts().isEmpty());
}

void JourneyTest::asksOnceBeforeAScenarioRunsItsCommand()
{
    const QString file = path(QStringLiteral("lines.yaml"));
    const QByteArray text = "headroom: 1\nname: Lines\ntarget: { lines: { command: cat } }\n"
                            "flows: [ { steps: [ { line: hello } ] } ]\nload: { users: 1, iterations: 3 }\n";
    QFile scenario(file);
    QVERIFY(scenario.open(QIODevice::WriteOnly) && scenario.write(text) == text.size());
    scenario.close();
    m_window->openFile(file);
    m_window->actions().start->trigger();
    QMessageBox *question = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((question = m_window->findChild<QMessageBox *>(QStringLiteral("commandQuestion"))), 5000);
    QVERIFY(question->text().contains(QStringLiteral("cat")));
    QVERIFY(!m_window->runs().isBusy());
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_window->runs().run(), 5000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->runs().isBusy(), 20'000);
    QVERIFY(m_settings->isCommandAllowed(file, QStringLiteral("cat")));
    QVERIFY(QFile::exists(path(QStringLiteral("Lines.headroom"))));
}

void JourneyTest::writesAnotherTransportIntoTheScenario()
{
    const QByteArray text = "headroom: 1\ntarget:\n  practice: {} # ours\nflows: [ { steps: [ { get: / } ] } ]\n"
                            "load: { rate: 5/s, for: 1 s }\n";
    typeScenario(text);
    auto *offer = m_window->findChild<QPushButton *>(QStringLiteral("directOffer"));
    QVERIFY(offer && offer->isHidden()); // until a run shows that it would help
    offer->click();
    QCOMPARE(m_window->editor().text(), QByteArray(text).replace("  practice", "  transport: direct\n  practice"));
    offer->click(); // is direct already
    auto *editor = m_window->editor().findChild<QPlainTextEdit *>();
    editor->undo();
    QCOMPARE(m_window->editor().text(), text);
}

void JourneyTest::putsAProbeIntoTheScenario()
{
    typeScenario(kShort);
    m_window->actions().addProbe->trigger();
    auto *dialog = m_window->findChild<QDialog *>(QStringLiteral("probeDialog"));
    QVERIFY(dialog);
    auto *kinds = dialog->findChild<QComboBox *>(QStringLiteral("probeKinds"));
    kinds->setCurrentIndex(kinds->findText(QStringLiteral("This machine")));
    dialog->findChild<QPushButton *>(QStringLiteral("tryButton"))->click();
    const auto *said = dialog->findChild<QLabel *>(QStringLiteral("trialText"));
    QTRY_VERIFY2_WITH_TIMEOUT(said->text().contains(QStringLiteral("cpu_share")), qPrintable(said->text()), 10000);
    dialog->findChild<QPushButton *>(QStringLiteral("addButton"))->click();
    const QByteArray text = kShort;
    QCOMPARE(m_window->editor().text(), text + "\nprobes:\n  machine: { host: true }\n");
    ProbePanel &panel = m_window->probePanel();
    QTRY_COMPARE(panel.model().rowCount(), 1);
    QTRY_VERIFY(m_window->actions().tryProbe->isEnabled());
    m_window->actions().tryProbe->trigger();
    said = panel.findChild<QLabel *>(QStringLiteral("trialText"));
    QTRY_VERIFY2_WITH_TIMEOUT(said->text().contains(QStringLiteral("cpu_share")), qPrintable(said->text()), 10000);
    m_window->actions().removeProbe->trigger();
    QCOMPARE(m_window->editor().text(), text + "\n");
    QTRY_COMPARE(panel.model().rowCount(), 0);
    QTRY_VERIFY(!m_window->actions().removeProbe->isEnabled());
    auto *editor = m_window->editor().findChild<QPlainTextEdit *>();
    editor->undo();
    editor->undo();
    QCOMPARE(m_window->editor().text(), text);
}

void JourneyTest::looksAtProfilesMemoryAndDashboardsWhileTheRunIsOn()
{
    // A profiler that sees three samples and one, and a second program that it waits for, which ends at once.
    const QByteArray programs = qgetenv("PATH");
    const auto restore = qScopeGuard([programs] {
        qputenv("PATH", programs);
        QDesktopServices::unsetUrlHandler(QStringLiteral("https"));
    });
    QFile sleep(path(QStringLiteral("sleep")));
    QVERIFY(makeFakeProfilers(m_folder->path()) && sleep.open(QIODevice::WriteOnly) && sleep.write("#!/bin/sh\n") > 0
            && sleep.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    sleep.close();
    qputenv("PATH", m_folder->path().toUtf8() + ':' + programs);
    UrlCatcher browser;
    QDesktopServices::setUrlHandler(QStringLiteral("https"), &browser, "take");
    const Actions &actions = m_window->actions();
    auto *dashboards = m_window->findChild<QMenu *>(QStringLiteral("dashboardMenu"));
    const QAbstractItemModel &memory =
        *m_window->probePanel().findChild<QAbstractItemView *>(QStringLiteral("mappings"))->model();
    const auto flames = [this] { return m_window->findChildren<FlameWindow *>(); };
    const auto openFirst = [dashboards] { // by keys
        dashboards->popup({});
        QTest::keyClick(dashboards, Qt::Key_Down);
        QTest::keyClick(dashboards, Qt::Key_Return);
    };
    QVERIFY(!actions.captureProfile->isEnabled() && !actions.showProfile->isEnabled() && !dashboards->isEnabled());
    typeScenario(QByteArray(kScenario) + "dashboards: { latency: 'https://grafana.example.com/d/abc?orgId=1' }\n");
    actions.start->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(actions.captureProfile->isEnabled(), 20000);

    // A profile, by its key: it is told of, and drawn while the load goes on.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QSignalSpy said(m_window->statusBar(), &QStatusBar::messageChanged);
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(eventTexts().filter(QStringLiteral("attached as profile-1.folded")).size(), 1, 10000);
    QCOMPARE(eventTexts().filter(QRegularExpression(QStringLiteral("^a profile of process \\d+ by perf begins"))).size(), 1);
    QVERIFY(std::ranges::any_of(said, [](const QList<QVariant> &one) {
        return one.first().toString().endsWith(QStringLiteral("attached as profile-1.folded"));
    }));
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(flames().size(), 1, 5000);
    const QPointer<FlameWindow> flame = flames().first();
    QCOMPARE(flame->graph().tree().samples(), 4u);
    actions.attachments->trigger();
    const auto *files = m_window->findChild<AttachmentDialog *>();
    QVERIFY(files);
    QCOMPARE(files->table()->model()->rowCount(), 2); // the memory at the start lies there as well
    files->table()->selectRow(1);
    files->findChild<QPushButton *>(QStringLiteral("showFlame"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(flames().size(), 2, 5000);

    // What holds the memory of the target, and its dashboard from the start until now.
    const auto held = [&memory](int row, int column) { return memory.index(row, column).data().toString(); };
    QVERIFY(memory.rowCount() > 2);
    QCOMPARE(held(0, 0), QStringLiteral("all together"));
    QVERIFY(held(0, 1).endsWith(QStringLiteral("MiB")));
    QCOMPARE(held(0, 2), QStringLiteral("–"));
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    openFirst();
    QTRY_COMPARE(browser.urls.size(), 1);
    QUrlQuery query(browser.urls.first());
    QCOMPARE(query.queryItemValue(QStringLiteral("orgId")), QStringLiteral("1"));
    QVERIFY(query.queryItemValue(QStringLiteral("from")).toLongLong() <= now);
    QVERIFY(query.queryItemValue(QStringLiteral("to")).toLongLong() >= now);
    QCOMPARE(m_window->runs().run()->state(), RunState::Running);

    // The end: what is looked at stays open, and the session has the same.
    actions.stop->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().path(), path(QStringLiteral("Journey.headroom")), 20000);
    QVERIFY(flame && flame->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(held(0, 2).endsWith(QStringLiteral("MiB")), 5000);
    QVERIFY(!actions.captureProfile->isEnabled());
    actions.showProfile->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(flames().size(), 3, 5000);
    openFirst();
    QTRY_COMPARE(browser.urls.size(), 2);
    query.setQuery(browser.urls.last().query());
    const qint64 begun = m_window->sessions().replayer()->head().startedAtMs;
    const auto length = std::chrono::round<std::chrono::milliseconds>(m_window->sessions().replayer()->length());
    QCOMPARE(query.queryItemValue(QStringLiteral("from")).toLongLong(), begun);
    QCOMPARE(query.queryItemValue(QStringLiteral("to")).toLongLong(), begun + length.count());
    m_window->openFile(path(QStringLiteral("Journey.headroom"))); // opened anew: those were of the one before
    QTRY_VERIFY_WITH_TIMEOUT(flames().isEmpty(), 10000);
}

void JourneyTest::tellsWhenTheTargetCannotBeReached()
{
    m_window->urlBar().setContent(
        {QStringLiteral("http://127.0.0.1:1/"), QStringLiteral("1/s"), QStringLiteral("1 s")});
    QTest::keyClick(m_window->urlBar().findChild<QLineEdit *>(QStringLiteral("url")), Qt::Key_Return);
    QMessageBox *box = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT((box = m_window->findChild<QMessageBox *>(QStringLiteral("errorBox"))), 15000);
    QVERIFY(box->text().contains(QStringLiteral("127.0.0.1")));
    QVERIFY(!m_window->runs().isBusy());
}

void JourneyTest::asksBeforeChangesAreLost()
{
    typeScenario(kScenario);
    m_window->actions().newScenario->trigger();
    auto *question = m_window->findChild<QMessageBox *>(QStringLiteral("unsavedQuestion"));
    QVERIFY(question);
    question->button(QMessageBox::Cancel)->click();
    QCOMPARE(m_window->editor().text(), QByteArray(kScenario));
    m_window->actions().newScenario->trigger();
    QTRY_COMPARE(m_window->findChildren<QMessageBox *>(QStringLiteral("unsavedQuestion")).size(), 1);
    m_window->findChild<QMessageBox *>(QStringLiteral("unsavedQuestion"))->button(QMessageBox::Discard)->click();
    QTRY_VERIFY(m_window->editor().text().isEmpty());
}

void JourneyTest::finishesTheRunWhenItIsClosed()
{
    m_window->editor().load(kScenario);
    m_window->actions().start->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->page().view() && m_window->page().view()->requests > 0, 20000);
    m_window->close();
    QVERIFY(m_window->isVisible()); // until all is stored
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->isVisible(), 20000);
    QVERIFY(QFile::exists(path(QStringLiteral("Journey.headroom"))));
}

void JourneyTest::restoresItsLayout()
{
    auto *dock = m_window->findChild<QWidget *>(QStringLiteral("scenarioDock"));
    QVERIFY(dock && dock->isVisible());
    dock->hide();
    m_window->resize(700, 600);
    const QSize size = m_window->size();
    m_window->close();
    MainWindow again(*m_settings, {.targetProgram = targetProgram(), .newSessionPath = {}, .isAllowed = {}});
    again.show();
    QVERIFY(!again.findChild<QWidget *>(QStringLiteral("scenarioDock"))->isVisible());
    QCOMPARE(again.size(), size);
    again.actions().resetLayout->trigger();
    QVERIFY(again.findChild<QWidget *>(QStringLiteral("scenarioDock"))->isVisible());
}

/// Whoever hears the window instead of seeing it meets a name everywhere.
void JourneyTest::namesEveryControl()
{
    QStringList nameless;
    for (const QWidget *widget : m_window->findChildren<QWidget *>()) {
        const bool isControl = widget->focusPolicy() & Qt::TabFocus;
        if (!isControl || !widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if (!face || face->text(QAccessible::Name).isEmpty())
            nameless.append(
                QStringLiteral("%1 '%2'").arg(QLatin1String(widget->metaObject()->className()), widget->objectName()));
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    for (const QAction *action : m_window->actions().findChildren<QAction *>())
        QVERIFY2(!action->text().isEmpty() && !action->statusTip().isEmpty(), qPrintable(action->objectName()));
}

int main(int argc, char *argv[])
{
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication application(argc, argv);
    JourneyTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_journey.moc"
