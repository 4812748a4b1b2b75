// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/session/recordedsession.h"
#include "tests/core/session/samplesession.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Headroom;

class SessionAttachmentsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesBackWhatWasAttached();
    void keepsThemWhenTheRunIsKilled();
    void findsAPartThatIsNotInItsPlace();
    void holdsTheLargestFile();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();

private:
    QString pathOf(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

namespace {

/// Bytes that do not compress.
QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(randomAt(1, std::uint64_t(i)));
    return bytes;
}

} // namespace

void SessionAttachmentsTest::givesBackWhatWasAttached()
{
    const QString path = pathOf("attached");
    const std::vector<Attachment> attachments{
        sampleAttachment(),
        {QStringLiteral("empty"), QString(), -3s, QByteArray()},
        {QStringLiteral("profile.svg"), QStringLiteral("image/svg+xml"), 1h, QByteArray(3'000'000, 'x')},
        {QStringLiteral("noise.bin"), QString(), 0s, noise(2'100'000)}, // stored in three parts
    };
    const auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->attach(attachments[0]).has_value());
    QVERIFY((*writer)->append(sampleFrame(0)).has_value());
    for (std::size_t i = 1; i < attachments.size(); ++i)
        QVERIFY((*writer)->attach(attachments[i]).has_value());
    QVERIFY((*writer)->append(sampleFrame(1)).has_value());
    QVERIFY((*writer)->finish(sampleEnding(), kSampleEndedAtMs).has_value());
    QCOMPARE((*writer)->attach(attachments[0]).error().code, Error::Code::Internal);

    const auto reader = SessionReader::open(path);
    QVERIFY2(reader.has_value(), reader ? "" : qPrintable(reader.error().text()));
    QCOMPARE((*reader)->attachments().size(), attachments.size());
    for (std::size_t i = attachments.size(); i-- > 0;) {
        const auto &entry = (*reader)->attachments()[i];
        QCOMPARE(entry.name, attachments[i].name);
        QCOMPARE(entry.mediaType, attachments[i].mediaType);
        QCOMPARE(entry.at, attachments[i].at);
        QCOMPARE(entry.size, attachments[i].bytes.size());
        QVERIFY((*reader)->attachment(i) == attachments[i]);
    }
    QCOMPARE((*reader)->attachment(attachments.size()).error().code, Error::Code::NotFound);
    QVERIFY((*reader)->verify().has_value());
}

void SessionAttachmentsTest::keepsThemWhenTheRunIsKilled()
{
    const QString path = pathOf("killed");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->attach(sampleAttachment()).has_value());
    writer->reset();
    const auto reader = SessionReader::open(path + QLatin1String(".part"));
    QVERIFY(reader.has_value());
    QVERIFY((*reader)->attachment(0) == sampleAttachment());
}

void SessionAttachmentsTest::findsAPartThatIsNotInItsPlace()
{
    const QString path = pathOf("moved");
    auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->attach(sampleAttachment()).has_value());
    writer->reset();
    QCOMPARE(changeSession(path + QLatin1String(".part"), "UPDATE attachment_parts SET id = 5"), QString());
    const auto reader = SessionReader::open(path + QLatin1String(".part"));
    QVERIFY(reader.has_value());
    const auto read = (*reader)->attachment(0);
    QVERIFY(!read.has_value());
    QVERIFY(read.error().message.contains(QStringLiteral("a part of an attachment is missing")));
}

void SessionAttachmentsTest::holdsTheLargestFile()
{
    Attachment attachment = sampleAttachment();
    attachment.bytes = QByteArray(Attachment::kMaxBytes, 'x');
    const QString path = pathOf("large");
    const auto writer = SessionWriter::create(path, sampleHead());
    QVERIFY(writer.has_value());
    QVERIFY((*writer)->attach(attachment).has_value());
    QVERIFY((*writer)->finish({}, 1).has_value());
    QVERIFY((*SessionReader::open(path))->attachment(0) == attachment);
}

void SessionAttachmentsTest::refusesWhatIsNoFile_data()
{
    QTest::addColumn<Attachment>("attachment");
    const auto row = [](const char *name, auto change) {
        Attachment attachment = sampleAttachment();
        change(attachment);
        QTest::newRow(name) << attachment;
    };
    const auto nameRow = [&row](const char *words, const QString &name) {
        row(words, [name](Attachment &one) { one.name = name; });
    };
    nameRow("no name", QString());
    nameRow("this folder", QStringLiteral("."));
    nameRow("the folder above", QStringLiteral(".."));
    nameRow("a name with a folder", QStringLiteral("a/b"));
    nameRow("a whole path", QStringLiteral("/etc/passwd"));
    nameRow("a folder of others", QStringLiteral("..\\b"));
    nameRow("a name of two lines", QStringLiteral("a\nb"));
    nameRow("a name with a zero", QStringLiteral("a\0b"));
    row("a long name", [](Attachment &one) { one.name = QString(128, u'ä'); }); // 256 bytes
    row("a long type", [](Attachment &one) { one.mediaType = QString(101, u'x'); });
    row("before all time", [](Attachment &one) { one.at = Nanoseconds::min(); });
    row("out of time", [](Attachment &one) { one.at = Nanoseconds::max(); });
    row("a byte too large", [](Attachment &one) { one.bytes = QByteArray(Attachment::kMaxBytes + 1, 'x'); });
}

void SessionAttachmentsTest::refusesWhatIsNoFile()
{
    QFETCH(Attachment, attachment);
    QTemporaryDir folder;
    const auto writer = SessionWriter::create(folder.filePath(QStringLiteral("a")), sampleHead());
    QVERIFY(writer.has_value());
    const auto attached = (*writer)->attach(attachment);
    QVERIFY(!attached.has_value());
    QCOMPARE(attached.error().code, Error::Code::Internal);
    QVERIFY((*writer)->attach(sampleAttachment()).has_value());
}

QTEST_GUILESS_MAIN(SessionAttachmentsTest)
#include "tst_sessionattachments.moc"
