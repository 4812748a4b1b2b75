// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/preparation.h"
#include "core/scenario/schematree.h"
#include "core/scenario/suite.h"
#include "core/yaml/yamlreader.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTest>

using namespace Headroom;

namespace {

QDir folder() { return QDir(QStringLiteral(HEADROOM_SOURCE_DIR "/resources/scenarios")); }

QByteArray contentOf(const QString &name)
{
    QFile file(folder().filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The node whose children stand below this one.
const SchemaNode &ownerOf(const SchemaNode &node) { return node.twin ? ownerOf(*node.twin) : node; }

/// The fields of the table that a tree makes use of; fields of a twin are those of the one that it is the same as.
void collect(const YamlNode &yaml, const SchemaNode &schema, QSet<QByteArray> &used)
{
    if (schema.field)
        used.insert(schema.field->path);
    const SchemaNode &owner = ownerOf(schema);
    if (&owner != &schema && owner.field)
        used.insert(owner.field->path);
    for (const YamlNode::Entry &entry : yaml.entries) {
        const SchemaNode *child = owner.child(entry.key);
        if (child = child ? child : owner.child(u"*"); child)
            collect(entry.value, *child, used);
    }
    if (const SchemaNode *item = owner.child(u"[]")) {
        for (const YamlNode &value : yaml.items)
            collect(value, *item, used);
    }
}

QStringList unused(std::span<const SchemaField> fields, const QSet<QByteArray> &used)
{
    QStringList paths;
    for (const SchemaField &field : fields) {
        if (!used.contains(field.path))
            paths.append(QString::fromLatin1(field.path));
    }
    return paths;
}

} // namespace

/// The bundled scenarios: all of them fine, and together they use the whole language. tst_bundledruns runs them.
class ScenariosTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void areFine_data();
    void areFine();
    void useEveryFieldOfTheLanguage();
};

void ScenariosTest::initTestCase()
{
    qputenv("PATH", HEADROOM_BIN_DIR ":" + qgetenv("PATH")); // one starts headroom-target
}

void ScenariosTest::areFine_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : folder().entryList({QStringLiteral("*.yaml")}))
        QTest::newRow(qPrintable(name)) << name;
}

void ScenariosTest::areFine()
{
    QFETCH(QString, name);
    const QByteArray text = contentOf(name);
    Diagnostics problems;
    if (isSuite(text)) {
        problems = readSuite(text).diagnostics;
    } else {
        const auto preparation = prepare(text, {}, {}, 1, folder().path());
        problems = preparation ? preparation->warnings : preparation.error();
    }
    for (const Diagnostic &problem : problems)
        qWarning().noquote() << formatDiagnostic(name, problem);
    QVERIFY(problems.empty());
}

void ScenariosTest::useEveryFieldOfTheLanguage()
{
    QSet<QByteArray> ofScenarios;
    QSet<QByteArray> ofSuites;
    for (const QString &name : folder().entryList({QStringLiteral("*.yaml")})) {
        const QByteArray text = contentOf(name);
        const auto tree = readYaml(text);
        QVERIFY2(tree, qPrintable(name));
        if (isSuite(text))
            collect(*tree, suiteTree(), ofSuites);
        else
            collect(*tree, schemaTree(), ofScenarios);
    }
    QCOMPARE(unused(scenarioSchema(), ofScenarios), QStringList());
    QCOMPARE(unused(suiteSchema(), ofSuites), QStringList());
}

QTEST_GUILESS_MAIN(ScenariosTest)
#include "tst_scenarios.moc"
