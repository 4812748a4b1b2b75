// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/help/languagepage.h"
#include "core/help/languagesections.h"
#include "core/help/languagewords.h"
#include "core/scenario/scenarioreader.h"
#include "core/scenario/scenarioschema.h"

#include <QTest>

using namespace Headroom;

namespace {

QString inTable(const char *text) { return QString::fromUtf8(text).replace(u'|', QLatin1String("\\|")); }

/// A scenario that is fine, with the fields of an example instead of its own.
QByteArray scenarioWith(const QByteArray &example)
{
    QByteArray text = example;
    const auto add = [&text](const QByteArray &field, const QByteArray &value) {
        if (!text.startsWith(field) && !text.contains('\n' + field))
            text += field + ' ' + value + '\n';
    };
    add("headroom:", "1");
    add("target:", "{ url: http://127.0.0.1:8080 }");
    add("flows:", "[ { steps: [ { get: /documents/17 } ] } ]");
    add("load:", "{ rate: 50/s, for: 1 min }");
    add("rules:", "[ p95 < 900 ms ]");
    return text;
}

} // namespace

class LanguagePageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasEveryFieldWithItsSentence_data();
    void hasEveryFieldWithItsSentence();
    void hasEachFieldOnce();
    void showsExamplesThatAreFine_data();
    void showsExamplesThatAreFine();
    void explainsEveryWord();
    void saysWhatExcludesAndNeedsWhat();
    void isTheSameEveryTime();
};

void LanguagePageTest::hasEveryFieldWithItsSentence_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sentence");
    for (const std::span<const SchemaField> fields : {scenarioSchema(), suiteSchema()}) {
        for (const SchemaField &field : fields) {
            const QString path = QString::fromLatin1(field.path);
            QTest::addRow("%s %s", fields.data() == suiteSchema().data() ? "suite:" : "", field.path)
                << path.section(u'.', -1) << inTable(field.help);
        }
    }
}

void LanguagePageTest::hasEveryFieldWithItsSentence()
{
    QFETCH(QString, name);
    QFETCH(QString, sentence);
    static const QStringList kLines = languagePage().split(u'\n');
    const bool isThere = std::ranges::any_of(kLines, [&](const QString &line) {
        // A row of a table with its name in front, or what holds the fields of a section, in its lead.
        return line.contains(sentence)
            && (!line.startsWith(u'|') || name == u"*" || line.section(u'|', 1, 1).contains(name + u'`'));
    });
    QVERIFY(isThere);
}

void LanguagePageTest::hasEachFieldOnce()
{
    QStringList seen; // of one section
    int rows = 0;
    for (const QString &line : languagePage().split(u'\n')) {
        if (line.startsWith(QLatin1String("## ")))
            seen.clear();
        if (!line.startsWith(QLatin1String("| `")))
            continue;
        const QString name = line.section(u'`', 1, 1);
        QVERIFY2(!seen.contains(name), qPrintable(name));
        seen.append(name);
        ++rows;
    }
    QVERIFY(rows > 200);
}

void LanguagePageTest::showsExamplesThatAreFine_data()
{
    QTest::addColumn<QByteArray>("example");
    for (const LanguageSection &section : languageSections())
        QTest::newRow(section.title) << QByteArray(section.example);
}

void LanguagePageTest::showsExamplesThatAreFine()
{
    QFETCH(QByteArray, example);
    QVERIFY(!example.isEmpty());
    for (const Diagnostic &diagnostic : readScenario(scenarioWith(example)).diagnostics)
        QFAIL(qPrintable(formatDiagnostic({}, diagnostic)));
}

void LanguagePageTest::explainsEveryWord()
{
    for (const auto &words : {explainedValues(), explainedTemplates(), explainedPlaces(), explainedComparisons()}) {
        QVERIFY(words.size() >= 5);
        for (const ExplainedWord &word : words) {
            QVERIFY2(!word.meaning.isEmpty(), qPrintable(word.written));
            QVERIFY(languagePage().contains(word.meaning));
        }
    }
}

void LanguagePageTest::saysWhatExcludesAndNeedsWhat()
{
    const QString page = languagePage();
    QVERIFY(page.contains(QStringLiteral("Exactly one of `url`, `practice`, `lines`.")));
    QVERIFY(page.contains(QStringLiteral("At most one of `weight`, `rate`.")));
    QVERIFY(page.contains(QStringLiteral("`start` needs `url` beside it")));
}

void LanguagePageTest::isTheSameEveryTime() { QCOMPARE(languagePage(), languagePage()); }

QTEST_GUILESS_MAIN(LanguagePageTest)
#include "tst_languagepage.moc"
