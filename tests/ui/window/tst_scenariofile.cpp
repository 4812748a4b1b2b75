// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/scenariofile.h"

#include <QDir>
#include <QFile>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Headroom {

class ScenarioFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void loadsAndSavesTheVeryBytes();
    void keepsTheTextWhenAFileCannotBeLoaded_data();
    void keepsTheTextWhenAFileCannotBeLoaded();
    void leavesTheFileWhenItCannotBeSaved();
    void goesOnAtOnceWithoutChanges();
    void savesBeforeGoingOnWhenAsked();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString made(const QString &name, const QByteArray &bytes) const;
    static QByteArray bytesOf(const QString &path);
    void type(const QString &text) { m_editor->findChild<QPlainTextEdit *>()->insertPlainText(text); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ScenarioEditor> m_editor;
    std::unique_ptr<ScenarioFile> m_file;
};

void ScenarioFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(path(QStringLiteral("settings.ini")));
    m_editor = std::make_unique<ScenarioEditor>();
    m_file = std::make_unique<ScenarioFile>(*m_editor, *m_settings);
}

void ScenarioFileTest::cleanup()
{
    m_file.reset();
    m_editor.reset();
}

QString ScenarioFileTest::made(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

QByteArray ScenarioFileTest::bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ScenarioFileTest::loadsAndSavesTheVeryBytes()
{
    const QByteArray text = "headroom: 1 # \xc3\xa4\xf0\x9f\x9a\x80\nname: x\n";
    QSignalSpy names(m_file.get(), &ScenarioFile::nameChanged);
    QVERIFY(m_file->load(made(QStringLiteral("a.yaml"), text)));
    QCOMPARE(names.size(), 1);
    QCOMPARE(m_editor->text(), text);
    QVERIFY(!m_editor->isModified());
    QVERIFY(m_file->saveTo(path(QStringLiteral("b.yaml"))));
    QCOMPARE(bytesOf(path(QStringLiteral("b.yaml"))), text);
    QCOMPARE(m_file->displayName(), QStringLiteral("b.yaml"));
    QCOMPARE(m_settings->recentFiles().first(), path(QStringLiteral("b.yaml")));
}

void ScenarioFileTest::keepsTheTextWhenAFileCannotBeLoaded_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("code");
    QTest::newRow("missing") << QStringLiteral("none.yaml") << int(Error::Code::NotFound);
    QTest::newRow("a folder") << QStringLiteral("folder") << int(Error::Code::Unreadable);
    QTest::newRow("far too large") << QStringLiteral("large.yaml") << int(Error::Code::InvalidInput);
}

void ScenarioFileTest::keepsTheTextWhenAFileCannotBeLoaded()
{
    QFETCH(QString, name);
    QDir(m_folder->path()).mkdir(QStringLiteral("folder"));
    QFile large(path(QStringLiteral("large.yaml")));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(ScenarioFile::kMaxBytes + 1));
    m_file->loadText("mine", QStringLiteral("mine.yaml"));
    const Result<void> loaded = m_file->load(path(name));
    QVERIFY(!loaded);
    QTEST(int(loaded.error().code), "code");
    QCOMPARE(loaded.error().subject, path(name));
    QCOMPARE(m_editor->text(), "mine");
    QCOMPARE(m_file->displayName(), QStringLiteral("mine.yaml"));
}

void ScenarioFileTest::leavesTheFileWhenItCannotBeSaved()
{
    type(QStringLiteral("text"));
    const Result<void> saved = m_file->saveTo(path(QStringLiteral("no/folder.yaml")));
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, Error::Code::Unwritable);
    QVERIFY(m_editor->isModified());
    QVERIFY(m_file->path().isEmpty());
}

void ScenarioFileTest::goesOnAtOnceWithoutChanges()
{
    bool isDone = false;
    m_file->beforeLosingChanges([&] { isDone = true; });
    QVERIFY(isDone);
}

void ScenarioFileTest::savesBeforeGoingOnWhenAsked()
{
    const QString file = made(QStringLiteral("a.yaml"), "old");
    QVERIFY(m_file->load(file));
    type(QStringLiteral("new "));
    bool isDone = false;
    m_file->beforeLosingChanges([&] { isDone = true; });
    QVERIFY(!isDone);
    auto *question = m_editor->window()->findChild<QMessageBox *>(QStringLiteral("unsavedQuestion"));
    QVERIFY(question);
    question->button(QMessageBox::Save)->click();
    QTRY_VERIFY(isDone);
    QCOMPARE(bytesOf(file), "new old");
}

} // namespace Headroom

QTEST_MAIN(Headroom::ScenarioFileTest)
#include "tst_scenariofile.moc"
