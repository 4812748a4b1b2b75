// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/attachmentdialog.h"

#include "ui/widgets/copytable.h"
#include "ui/window/runfiles.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Headroom;

class AttachmentDialogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listsWhatLiesInTheSession();
    void savesTheChosenOne();
    void showsStacksAsAFlameGraph();
    void suggestsNoPath_data();
    void suggestsNoPath();
    void saysThatThereIsNone();
    void takesWhatIsAttachedMeanwhile();
    void keepsTheNewestFilesOfARun();
};

namespace {

using Entries = AttachmentDialog::Entries;

Entries twoEntries()
{
    return {{QStringLiteral("server.log"), QStringLiteral("text/plain"), 65s, 1536},
            {QStringLiteral("profile.pb"), QString(), 0s, 20}};
}

QPushButton *saveButton(const AttachmentDialog &dialog)
{
    return dialog.findChild<QPushButton *>(QStringLiteral("saveAttachment"));
}

} // namespace

void AttachmentDialogTest::listsWhatLiesInTheSession()
{
    const AttachmentDialog dialog(twoEntries());
    const QAbstractItemModel &model = *dialog.table()->model();
    QCOMPARE(model.rowCount(), 2);
    QStringList texts;
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < 4; ++column)
            texts << model.index(row, column).data().toString();
    }
    QCOMPARE(texts,
             (QStringList{QStringLiteral("server.log"), QStringLiteral("1.5 KiB"), QStringLiteral("1:05"),
                          QStringLiteral("text/plain"), QStringLiteral("profile.pb"), QStringLiteral("20 B"),
                          QStringLiteral("0:00"), QStringLiteral("–")}));
    QVERIFY(!dialog.table()->accessibleName().isEmpty());
}

void AttachmentDialogTest::savesTheChosenOne()
{
    const AttachmentDialog dialog(twoEntries());
    QSignalSpy wanted(&dialog, &AttachmentDialog::saveWanted);
    saveButton(dialog)->click(); // the first is chosen from the start
    dialog.table()->sortByColumn(1, Qt::AscendingOrder); // by size: the second comes first, and is still the second
    dialog.table()->selectRow(0);
    saveButton(dialog)->click();
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted[0], (QVariantList{qulonglong(0), QStringLiteral("server.log")}));
    QCOMPARE(wanted[1], (QVariantList{qulonglong(1), QStringLiteral("profile.pb")}));
}

void AttachmentDialogTest::showsStacksAsAFlameGraph()
{
    Entries entries = twoEntries();
    entries.push_back({QStringLiteral("flame-1.folded"), QStringLiteral("text/x-folded-stacks"), 1s, 50});
    const AttachmentDialog dialog(entries);
    auto *show = dialog.findChild<QPushButton *>(QStringLiteral("showFlame"));
    QSignalSpy wanted(&dialog, &AttachmentDialog::flameWanted);
    QVERIFY(!show->isEnabled()); // a log
    dialog.table()->selectRow(2);
    QVERIFY(show->isEnabled());
    show->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0], (QVariantList{qulonglong(2), QStringLiteral("flame-1.folded")}));
    QSignalSpy saved(&dialog, &AttachmentDialog::saveWanted);
    Q_EMIT dialog.table()->doubleClicked(dialog.table()->currentIndex());
    QCOMPARE(wanted.size(), 2);
    QVERIFY(saved.isEmpty());
}

void AttachmentDialogTest::suggestsNoPath_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("suggested");
    QTest::newRow("folder") << QStringLiteral("/etc/passwd") << QStringLiteral("passwd");
    QTest::newRow("up") << QStringLiteral("../../x") << QStringLiteral("x");
    QTest::newRow("up alone") << QStringLiteral("..") << QStringLiteral("attachment..");
    QTest::newRow("another system's folder") << QStringLiteral("C:\\x\\y.log") << QStringLiteral("y.log");
    QTest::newRow("hidden") << QStringLiteral(".bashrc") << QStringLiteral("attachment.bashrc");
    QTest::newRow("empty") << QString() << QStringLiteral("attachment");
}

void AttachmentDialogTest::suggestsNoPath()
{
    QFETCH(QString, name);
    QFETCH(QString, suggested);
    const AttachmentDialog dialog(Entries{{name, QString(), 0s, 1}});
    QSignalSpy wanted(&dialog, &AttachmentDialog::saveWanted);
    saveButton(dialog)->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][1].toString(), suggested);
}

void AttachmentDialogTest::saysThatThereIsNone()
{
    const AttachmentDialog dialog(Entries{});
    QVERIFY(!saveButton(dialog)->isEnabled());
    QCOMPARE(dialog.table()->model()->rowCount(), 0);
}

void AttachmentDialogTest::takesWhatIsAttachedMeanwhile()
{
    AttachmentDialog dialog(Entries{});
    const auto *show = dialog.findChild<QPushButton *>(QStringLiteral("showFlame"));
    dialog.add({QStringLiteral("profile-1.folded"), QStringLiteral("text/x-folded-stacks"), 1s, 50});
    QVERIFY(saveButton(dialog)->isEnabled() && show->isEnabled()); // it is chosen, as the only one
    dialog.add(twoEntries().front());
    QVERIFY(show->isEnabled()); // the choice stays
    dialog.table()->selectRow(1);
    QSignalSpy wanted(&dialog, &AttachmentDialog::saveWanted);
    saveButton(dialog)->click();
    QCOMPARE(wanted[0], (QVariantList{qulonglong(1), QStringLiteral("server.log")}));
}

void AttachmentDialogTest::keepsTheNewestFilesOfARun()
{
    RunFiles files(10); // bytes
    files.add({QStringLiteral("a"), {}, 1s, "123456"});
    files.add({QStringLiteral("b"), {}, 2s, "1234"});
    QCOMPARE(files.file(0)->bytes, QByteArray("123456"));
    files.add({QStringLiteral("c"), {}, 3s, "1"}); // 11 bytes would be too many
    QCOMPARE(files.entries().size(), 3u);
    QCOMPARE(files.entries()[0].size, 6);
    QVERIFY(!files.file(0));
    QCOMPARE(files.file(0).error().subject, QStringLiteral("a"));
    QCOMPARE(files.file(1)->bytes, QByteArray("1234"));
    files.add({QStringLiteral("d"), {}, 4s, "12345678901234"}); // alone more than all, and still the newest
    QVERIFY(!files.file(2));
    QCOMPARE(files.file(3)->bytes.size(), 14);
    QVERIFY(!files.file(4));
    files.clear();
    QVERIFY(files.entries().empty() && !files.file(0));
}

QTEST_MAIN(AttachmentDialogTest)
#include "tst_attachmentdialog.moc"
