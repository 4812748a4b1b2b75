// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/sqliteprobe.h"

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cmath>
#include <memory>

namespace Headroom {

namespace {

constexpr int kStepsBetweenLooks = 1000; // of SQLite's machine: some microseconds
constexpr int kBusyMs = 100; // somebody else may be writing
constexpr int kMostTextBytes = 1024 * 1024;

using DatabasePtr = std::unique_ptr<sqlite3, decltype([](sqlite3 *database) { sqlite3_close(database); })>;
using StatementPtr =
    std::unique_ptr<sqlite3_stmt, decltype([](sqlite3_stmt *statement) { sqlite3_finalize(statement); })>;

std::unexpected<Error> refused(const QString &why) { return failure(Error::Code::InvalidInput, why); }

std::unexpected<Error> wordsOf(sqlite3 *database, int code)
{
    if (code == SQLITE_INTERRUPT)
        return refused(QStringLiteral("took too long for the query and was interrupted; make the query simpler"));
    if (code == SQLITE_AUTH)
        return refused(QStringLiteral("is asked with a query that does more than read; write one SELECT"));
    const QString words = QString::fromUtf8(database ? sqlite3_errmsg(database) : sqlite3_errstr(code));
    return failure(Error::Code::Unreadable, QStringLiteral("cannot be asked: %1").arg(words.left(300)));
}

/// What a SELECT needs, and nothing else: no other files, no settings.
int allow(void * /*data*/, int action, const char * /*first*/, const char *second, const char *, const char *)
{
    if (action == SQLITE_FUNCTION)
        return QByteArrayView(second) == QByteArrayView("load_extension") ? SQLITE_DENY : SQLITE_OK;
    return action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE ? SQLITE_OK : SQLITE_DENY;
}

/// Ends a query that takes longer than it may.
class Patience
{
public:
    Patience(sqlite3 *database, Nanoseconds within)
        : m_database(database)
        , m_end(std::chrono::steady_clock::now() + within)
    {
        sqlite3_progress_handler(m_database, kStepsBetweenLooks, &Patience::isOver, this);
    }
    ~Patience() { sqlite3_progress_handler(m_database, 0, nullptr, nullptr); }
    Patience(const Patience &) = delete;
    Patience &operator=(const Patience &) = delete;

private:
    static int isOver(void *self) { return std::chrono::steady_clock::now() > static_cast<Patience *>(self)->m_end; }

    sqlite3 *m_database;
    const SteadyTime m_end;
};

Result<DatabasePtr> openToRead(const QString &path)
{
    if (!QFileInfo(path).isFile()) // a pipe would wait
        return failure(Error::Code::Unreadable, QStringLiteral("cannot be read: there is no such file"));
    sqlite3 *opened = nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &opened,
                                     SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nullptr);
    DatabasePtr database(opened);
    if (code != SQLITE_OK)
        return wordsOf(opened, code);
    sqlite3_busy_timeout(opened, kBusyMs);
    sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, kMostTextBytes);
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_set_authorizer(opened, allow, nullptr);
    return database;
}

Result<StatementPtr> prepare(sqlite3 *database, const QString &query)
{
    const QByteArray text = query.toUtf8();
    sqlite3_stmt *prepared = nullptr;
    const char *rest = nullptr;
    const int code = sqlite3_prepare_v2(database, text.constData(), int(text.size()), &prepared, &rest);
    StatementPtr statement(prepared);
    if (code != SQLITE_OK)
        return wordsOf(database, code);
    const QByteArray behind = QByteArray(rest).trimmed();
    if (!prepared || !(behind.isEmpty() || behind == ";") || sqlite3_column_count(prepared) != 1)
        return refused(
            QStringLiteral("is asked with a query that does not give one number; write one SELECT of one column"));
    return statement;
}

Result<std::optional<double>> numberOf(sqlite3 *database, sqlite3_stmt *statement)
{
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE)
        return refused(QStringLiteral("has no row that answers the query"));
    if (code != SQLITE_ROW)
        return wordsOf(database, code);
    const int type = sqlite3_column_type(statement, 0);
    const double number = sqlite3_column_double(statement, 0);
    if (type == SQLITE_NULL)
        return std::nullopt;
    if ((type != SQLITE_INTEGER && type != SQLITE_FLOAT) || !std::isfinite(number))
        return refused(QStringLiteral("answers the query with something that is no number"));
    const int next = sqlite3_step(statement);
    if (next == SQLITE_ROW)
        return refused(QStringLiteral("answers the query with several rows; ask for one, as with sum() or LIMIT 1"));
    return next == SQLITE_DONE ? Result<std::optional<double>>(number) : wordsOf(database, next);
}

} // namespace

Result<std::optional<double>> askSqlite(const SqliteProbe::Source &source)
{
    const auto database = openToRead(source.path);
    if (!database)
        return std::unexpected(database.error());
    const Patience patience(database->get(), source.within);
    const auto statement = prepare(database->get(), source.query);
    if (!statement)
        return std::unexpected(statement.error());
    return numberOf(database->get(), statement->get());
}

SqliteProbe::SqliteProbe(const QString &name, const Source &source, Clock &clock)
    : ThreadProbe(
          name, {Field{}},
          [source] {
              const auto number = askSqlite(source);
              if (!number)
                  return ThreadLook{.problem =
                                        QStringLiteral("SQLite file %1 %2").arg(source.path, number.error().message)};
              return ThreadLook{.values = {*number}};
          },
          clock)
{
}

} // namespace Headroom
