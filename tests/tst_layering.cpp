// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using Arrows = QMap<QString, QSet<QString>>;

namespace {

const QString kSource = QStringLiteral(HEADROOM_SOURCE_DIR);

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList sourcesBelow(const QString &folder)
{
    QStringList paths;
    QDirIterator files(kSource + QLatin1Char('/') + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        paths.append(files.next());
    return paths;
}

QSet<QString> allMatches(const QString &text, const QString &pattern)
{
    QSet<QString> found;
    for (const auto &match : QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text))
        found.insert(match.captured(1));
    return found;
}

/// DEPENDS of every folder of core or ui on others of its kind, with what those depend on in turn.
Arrows declaredArrows(const QString &room, const QString &pattern)
{
    Arrows arrows;
    for (const QString &module : QDir(kSource + QLatin1Char('/') + room).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        arrows[module] = allMatches(textOf(QStringLiteral("%1/%2/%3/CMakeLists.txt").arg(kSource, room, module)), pattern);
    for (bool isGrowing = true; isGrowing;) {
        isGrowing = false;
        for (QSet<QString> &to : arrows) {
            const qsizetype before = to.size();
            for (const QString &next : QSet<QString>(to))
                to.unite(arrows.value(next));
            isGrowing = isGrowing || to.size() > before;
        }
    }
    return arrows;
}

} // namespace

Arrows coreArrows()
{
    return declaredArrows(QStringLiteral("core"), QStringLiteral("Core::(\\w+)"));
}

Arrows uiArrows()
{
    return declaredArrows(QStringLiteral("ui"), QStringLiteral("Ui::(\\w+)"));
}

/// The folders of core that a folder of ui may include: what it and its own declare, and what those depend on.
QSet<QString> coreOf(const QString &uiModule)
{
    const Arrows core = coreArrows();
    QSet<QString> allowed;
    for (const QString &module : uiArrows()[uiModule] + QSet<QString>{uiModule}) {
        const QString text = textOf(QStringLiteral("%1/ui/%2/CMakeLists.txt").arg(kSource, module));
        for (const QString &used : allMatches(text, QStringLiteral("Core::(\\w+)")))
            allowed += core[used] + QSet<QString>{used};
    }
    return allowed - QSet<QString>{QStringLiteral("engine"), QStringLiteral("http")}; // ui never looks into these
}

/// The arrows of the house: what is declared as DEPENDS is all that is included, and nothing points in a circle.
class LayeringTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void coreIncludesOnlyWhatItDeclares();
    void uiIncludesOnlyWhatItDeclares();
    void noArrowPointsInACircle();
    void librariesStayInTheirRooms_data();
    void librariesStayInTheirRooms();
};

void LayeringTest::coreIncludesOnlyWhatItDeclares()
{
    const Arrows arrows = coreArrows();
    QVERIFY(arrows.size() >= 13);
    QStringList wrong;
    for (const QString &module : arrows.keys()) {
        for (const QString &path : sourcesBelow(QStringLiteral("core/") + module)) {
            for (const QString &used : allMatches(textOf(path), QStringLiteral("^#include \"core/(\\w+)/"))) {
                if (used != module && !arrows[module].contains(used))
                    wrong.append(QStringLiteral("%1 includes core/%2").arg(path, used));
            }
            if (textOf(path).contains(QRegularExpression(QStringLiteral("#include \"(app|ui|tests)/"))))
                wrong.append(path + QStringLiteral(" looks out of core"));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void LayeringTest::uiIncludesOnlyWhatItDeclares()
{
    const Arrows arrows = uiArrows();
    QVERIFY(arrows.size() >= 8);
    QStringList wrong;
    for (const QString &module : arrows.keys()) {
        const QSet<QString> core = coreOf(module);
        for (const QString &path : sourcesBelow(QStringLiteral("ui/") + module)) {
            const QString text = textOf(path);
            for (const QString &used : allMatches(text, QStringLiteral("^#include \"core/(\\w+)/"))) {
                if (!core.contains(used))
                    wrong.append(QStringLiteral("%1 includes core/%2").arg(path, used));
            }
            for (const QString &used : allMatches(text, QStringLiteral("^#include \"ui/(\\w+)/"))) {
                if (used != module && !arrows[module].contains(used))
                    wrong.append(QStringLiteral("%1 includes ui/%2").arg(path, used));
            }
            if (text.contains(QRegularExpression(QStringLiteral("#include \"(app|tests)/"))))
                wrong.append(path + QStringLiteral(" looks out of ui"));
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void LayeringTest::noArrowPointsInACircle()
{
    for (const Arrows &arrows : {coreArrows(), uiArrows()}) {
        for (const QString &module : arrows.keys())
            QVERIFY2(!arrows[module].contains(module), qPrintable(module));
    }
}

void LayeringTest::librariesStayInTheirRooms_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("room");
    QTest::newRow("SQLite") << "#include <sqlite3" << "core/(session|probes)/";
    QTest::newRow("libyaml") << "#include <yaml\\.h" << "core/yaml/";
    QTest::newRow("Qt Charts") << "#include <(QtCharts|QChart|QLineSeries|QValueAxis)" << "ui/charts/";
    QTest::newRow("KSyntaxHighlighting") << "#include <KSyntaxHighlighting" << "ui/editor/";
    QTest::newRow("llhttp, OpenSSL, nghttp2") << "#include <(llhttp|openssl|nghttp2)" << "core/http/direct/";
    QTest::newRow("hiredis") << "#include <hiredis" << "core/probes/";
    QTest::newRow("QNetworkAccessManager of the load") << "#include <QHttp1Configuration" << "core/http/qnam/";
}

void LayeringTest::librariesStayInTheirRooms()
{
    QFETCH(QString, pattern);
    QFETCH(QString, room);
    for (const char *folder : {"core", "app", "ui"}) {
        for (const QString &path : sourcesBelow(QLatin1String(folder))) {
            const bool isInRoom = QRegularExpression(QLatin1Char('^') + room).match(path.sliced(kSource.size() + 1)).hasMatch();
            QVERIFY2(isInRoom || !textOf(path).contains(QRegularExpression(pattern)), qPrintable(path));
        }
    }
}

QTEST_GUILESS_MAIN(LayeringTest)
#include "tst_layering.moc"
