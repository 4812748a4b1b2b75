// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadmodels.h"
#include "loadpicture.h"

#include <QFile>
#include <QTest>

using namespace Headroom;

namespace {

const QString kSource = QStringLiteral(HEADROOM_SOURCE_DIR);

QString pictureFile(const LoadModel &model)
{
    return QStringLiteral("%1/resources/pictures/load-%2.svg").arg(kSource, model.picture);
}

QString textOf(const QString &path)
{
    QFile file(kSource + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The rows of the table that shows pictures.
QStringList pictureRows(const QString &markdown)
{
    return markdown.split(u'\n').filter(QStringLiteral("pictures/load-"));
}

} // namespace

/// The pictures of the load models in README and help are what the engine does today.
class LoadPicturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showWhatTheEngineDoes_data();
    void showWhatTheEngineDoes();
    void readmeAndHelpHaveARowForEach();
};

void LoadPicturesTest::showWhatTheEngineDoes_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; const LoadModel &model : loadModels())
        QTest::newRow(qPrintable(model.picture)) << i++;
}

// After a wanted change: HEADROOM_UPDATE_GOLDEN=1, then look at the pictures.
void LoadPicturesTest::showWhatTheEngineDoes()
{
    QFETCH(int, index);
    const LoadModel &model = loadModels()[std::size_t(index)];
    const LoadCourse course = model.course();
    QVERIFY(!course.requests.empty());
    const QByteArray drawn = drawLoad(course, model.title);
    QFile file(pictureFile(model));
    if (qEnvironmentVariableIntValue("HEADROOM_UPDATE_GOLDEN") == 1) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(drawn), drawn.size());
        return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), QString::fromUtf8(drawn));
}

void LoadPicturesTest::readmeAndHelpHaveARowForEach()
{
    QString readme = textOf(QStringLiteral("/README.md"));
    const QStringList rows =
        pictureRows(readme.replace(QStringLiteral("(resources/pictures/"), QStringLiteral("(../pictures/")));
    QCOMPARE(rows, pictureRows(textOf(QStringLiteral("/resources/help/load-models.md"))));
    for (const LoadModel &model : loadModels())
        QCOMPARE(rows.filter(QStringLiteral("(../pictures/load-%1.svg)").arg(model.picture)).size(), 1);
}

QTEST_GUILESS_MAIN(LoadPicturesTest)
#include "tst_loadpictures.moc"
