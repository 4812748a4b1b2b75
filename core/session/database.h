// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace Headroom {

class Database;

/// One prepared statement of a Database, which it must not outlive.
///
/// Values are bound and columns are taken from left to right. A value of another type or range than asked for is a
/// failure of the database ("damaged"), and a default is returned.
class Statement
{
public:
    Statement(Database &database, const char *sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    /// Resets and binds.
    template <typename... Values> void start(const Values &...values)
    {
        reset();
        int index = 0;
        (bind(++index, values), ...);
    }
    /// Moves to the next row. False after the last one, however often it is asked, and after a failure.
    bool next();
    /// Binds and executes a statement that gives no rows.
    template <typename... Values> void run(const Values &...values)
    {
        start(values...);
        next();
        reset();
    }

    std::int64_t takeInteger();
    int takeInt(); ///< An integer that fits an int.
    std::uint64_t takeCount(); ///< An integer not below 0.
    bool takeBool(); ///< 0 or 1.
    double takeReal();
    QString takeText(); ///< Valid UTF-8.
    QByteArray takeBlob();
    std::optional<double> takeOptionalReal();
    std::optional<std::int64_t> takeOptionalInteger();
    std::optional<QByteArray> takeOptionalBlob();

private:
    void reset();
    template <std::integral T> void bind(int index, T value) { bindInteger(index, static_cast<std::int64_t>(value)); }
    template <typename T> void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value); // what stays unbound is NULL
    }
    void bind(int index, double value);
    void bind(int index, const QString &text);
    void bind(int index, QLatin1String text) { bind(index, QString(text)); }
    void bind(int index, const QByteArray &blob);
    void bindInteger(int index, std::int64_t value);
    void note(int code);
    bool skipNull();
    int takeColumn(int wantedType); ///< -1, noted as damage, when the column has another type.

    Database *m_database;
    sqlite3_stmt *m_statement = nullptr;
    int m_column = 0;
    bool m_isDone = false;
};

/// A connection to one SQLite file.
///
/// Like QDataStream it remembers its first failure, and does nothing after it: a sequence of calls needs one look at
/// its end, with takeResult(). Modes, limits and words are those of sessions: SqliteProbe, which asks a file of somebody
/// else with a query of the user's, has calls of its own to SQLite's C API, and nobody besides.
/// Thread: the one that opened it.
class Database
{
public:
    enum class Mode {
        Write, ///< An existing file, held exclusively: nobody else can read or write it meanwhile.
        Read, ///< Hostile input with a write-ahead log beside it, which nobody writes. Changes nothing there.
        ReadImmutable, ///< Hostile input in one file, which nobody changes.
        Memory, ///< Empty, in memory.
    };
    /// Errors: Unwritable or Unreadable or InvalidInput, by mode, with the path as subject.
    static Result<std::unique_ptr<Database>> open(const QString &path, Mode mode);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Executes statements without values; rows are thrown away.
    void execute(const QByteArray &sql);
    std::int64_t integerOf(const char *sql); ///< The first column of the first row.
    QString textOf(const char *sql);
    std::int64_t lastInsertId() const;
    /// Of a file in Mode::ReadImmutable: whether somebody has it open in Mode::Write.
    bool isBeingWritten() const;
    /// Of one in Mode::ReadImmutable: whether a log beside it would be its own. A finished session has left that behind.
    bool usesLog() const;
    /// Of one in Mode::ReadImmutable: whether its last page is cut. SQLite would read the rest of it as zeros.
    bool endsWithinAPage();
    /// Before reading anew: how much work the next statements may be, by the size of the file. Bounds what a hostile
    /// file can cost.
    void renewAllowance();
    /// Counts work on what was read, such as values unpacked, as operations of SQLite's own. Too many are damage.
    void spend(std::int64_t operations);

    bool isOk() const { return !m_error; }
    /// The first failure since the last call, or nothing.
    Result<void> takeResult();
    void fail(const Error &error);
    /// Notes that the file says something impossible.
    void failDamaged(const QString &what);
    /// All statements must be gone.
    void close();
    const QString &path() const { return m_path; }

private:
    friend class Statement;
    friend class Transaction;
    Database(const QString &path, Mode mode);
    void connectTo();
    void prepareForWriting();
    void prepareForHostileInput();
    void note(int code); ///< Remembers the failure that a result code stands for; good codes are ignored.
    Error errorFor(int code) const;
    static int isSpent(void *database);

    QString m_path;
    Mode m_mode;
    sqlite3 *m_connection = nullptr;
    std::optional<Error> m_error;
    std::int64_t m_allowance = 0; ///< Further operations of SQLite's machine.
};

/// All or nothing: rolls back unless commit() succeeded.
class Transaction
{
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    /// Errors: the first failure since the begin.
    Result<void> commit();

private:
    void rollBack();
    Database &m_database;
    bool m_isOpen = true;
};

} // namespace Headroom
