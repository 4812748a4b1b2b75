// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/attachmentfile.h"
#include "core/session/attachmentname.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Headroom;

class AttachmentFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAFile();
    void saysWhatAFileIs_data();
    void saysWhatAFileIs();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void refusesWhatIsTooLarge();
    void refusesTooMuchTogether();
    void refusesTooMany();
    void namesCanStandInASession();

private:
    QString write(const char *name, const QByteArray &bytes) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }
    /// Takes no room on the disk.
    QString writeHollow(const char *name, qint64 size) const
    {
        QFile file(write(name, {}));
        return file.resize(size) ? file.fileName() : QString();
    }
    QTemporaryDir m_folder;
};

void AttachmentFileTest::readsAFile()
{
    const auto attachment = readAttachment(write("notes.txt", "one\ntwo\n"));
    QVERIFY(attachment.has_value());
    QVERIFY(*attachment == (Attachment{QStringLiteral("notes.txt"), QStringLiteral("text/plain"), 0ns, "one\ntwo\n"}));
    QCOMPARE(readAttachment(write("a\\b.txt", "1"))->name, QStringLiteral("a_b.txt"));
}

void AttachmentFileTest::saysWhatAFileIs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::newRow("text whose ending is a sound's") << "notes.flac" << QByteArray("words\n") << "text/plain";
    QTest::newRow("a sound") << "song.flac" << QByteArray("\x7f\xfe\x80\x01\0\0", 6) << "audio/flac";
    QTest::newRow("text of a kind of its own") << "s.yaml" << QByteArray("a: 1\n") << "application/yaml";
    QTest::newRow("and another") << "r.json" << QByteArray("{}\n") << "application/json";
    QTest::newRow("an ending that nobody knows") << "x.qqq" << QByteArray("words\n") << "text/plain";
}

void AttachmentFileTest::saysWhatAFileIs()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QTEST(readAttachment(write(qPrintable(name), bytes))->mediaType, "type");
}

void AttachmentFileTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << m_folder.filePath(QStringLiteral("none"))
                             << QStringLiteral(": there is no such file; check the path");
    QTest::newRow("folder") << m_folder.path() << QStringLiteral(": is no file; name one that can be attached");
    const QString pipe = m_folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(mkfifo(qPrintable(pipe), 0600), 0);
    QTest::newRow("pipe") << pipe << QStringLiteral(": is no file; name one that can be attached");
}

void AttachmentFileTest::refusesWhatIsNone()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    const auto attachment = readAttachment(path);
    QVERIFY(!attachment.has_value());
    QCOMPARE(attachment.error().text(), path + words);
}

void AttachmentFileTest::refusesWhatIsTooLarge()
{
    const QString path = writeHollow("large", Attachment::kMaxBytes + 1);
    QCOMPARE(readAttachment(path).error().text(),
             path + QStringLiteral(": is larger than 64.0 MiB, the most that a session takes of one file"));
    QCOMPARE(readAttachment(writeHollow("most", Attachment::kMaxBytes))->bytes.size(), Attachment::kMaxBytes);
}

void AttachmentFileTest::refusesTooMuchTogether()
{
    const QString most = writeHollow("most", Attachment::kMaxBytes);
    const QString one = write("one", "1");
    const auto read = readAttachments({most, most, most, most, one});
    QVERIFY(!read.has_value());
    QCOMPARE(read.error().text(),
             one + QStringLiteral(": with this file the attachments are larger than 256 MiB together; leave some out"));
    QCOMPARE(readAttachments({one, one})->size(), 2U);
}

void AttachmentFileTest::refusesTooMany()
{
    QStringList paths(Attachment::kMostInSession, write("one", "1"));
    QCOMPARE(readAttachments(paths)->size(), std::size_t(Attachment::kMostInSession));
    paths << paths.front();
    QCOMPARE(readAttachments(paths).error().text(),
             QStringLiteral("there are %1 files to attach; a session takes %2")
                 .arg(Attachment::kMostInSession + 1)
                 .arg(Attachment::kMostInSession));
}

void AttachmentFileTest::namesCanStandInASession()
{
    QCOMPARE(attachmentName(QStringLiteral("a\\b\nc/d")), QStringLiteral("a_b_c_d"));
    QCOMPARE(attachmentName(QStringLiteral("..")), QStringLiteral("attachment"));
    QCOMPARE(attachmentName(QString(300, u'x') + QStringLiteral(".log")), QString(251, u'x') + QStringLiteral(".log"));
    QCOMPARE(attachmentName(QString(200, u'\u00e4')).toUtf8().size(), 254); // whole letters of two bytes
    const QString face = QStringLiteral("\U0001F600"); // two units, four bytes
    QCOMPARE(attachmentName(face.repeated(200)), face.repeated(63)); // 252 of 255 bytes
    QCOMPARE(attachmentName(face.repeated(1'000'000) + u'x'), face.repeated(63) + u'x'); // at once, however long
    QCOMPARE(attachmentName(face + QString(254, u'x')), QString(254, u'x')); // no half of a letter in front
}

QTEST_GUILESS_MAIN(AttachmentFileTest)
#include "tst_attachmentfile.moc"
