// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/database.h"

#include "core/session/writefailure.h"

#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <sys/statvfs.h>
#include <utility>

namespace Headroom {

namespace {

constexpr int kMaxValueBytes = 16 * 1024 * 1024; // a scenario text, with room; both for writing and for reading
constexpr int kOperationsPerCall = 10'000; // of SQLite's machine between two looks at the allowance
constexpr QLatin1String kTakesTooLong("reading it takes too long");

QString systemText(int number) { return QString::fromLocal8Bit(std::strerror(number)); }

/// What SQLite says may quote the file.
QString shortened(const QString &text)
{
    constexpr qsizetype kLongest = 120;
    return text.simplified().left(kLongest);
}

QString damagedBy(const QString &what)
{
    return QStringLiteral("the session is damaged: %1; take another copy of it or run again").arg(shortened(what));
}

QString readFailure(int number, const QString &otherwise)
{
    return QStringLiteral("the session cannot be read: %1; try again with a copy of it")
        .arg(number ? systemText(number) : otherwise);
}

/// Where no name is left for a file, SQLite tries to open one that is there, and knows the reason of that alone.
bool isOutOfNames(int number, const QString &path)
{
    struct statvfs disk{};
    return number == ENOENT && statvfs(QFile::encodeName(path).constData(), &disk) == 0 && disk.f_files > 0
        && disk.f_favail == 0;
}

sqlite3_file *fileOf(sqlite3 *connection)
{
    sqlite3_file *file = nullptr;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return file && file->pMethods ? file : nullptr;
}

QByteArray uriOf(const QString &path, const char *parameters)
{
    const QString whole = QFileInfo(path).absoluteFilePath();
    return "file://" + QFile::encodeName(whole).toPercentEncoding("/") + parameters;
}

} // namespace

Statement::Statement(Database &database, const char *sql)
    : m_database(&database)
{
    if (database.isOk())
        note(sqlite3_prepare_v2(database.m_connection, sql, -1, &m_statement, nullptr));
}

Statement::~Statement() { sqlite3_finalize(m_statement); }

void Statement::reset()
{
    m_isDone = false;
    if (!m_statement)
        return;
    sqlite3_reset(m_statement); // repeats the code of the step before it, which was noted then
    sqlite3_clear_bindings(m_statement);
}

bool Statement::next()
{
    if (!m_database->isOk() || !m_statement || m_isDone)
        return false;
    m_column = 0;
    const int code = sqlite3_step(m_statement);
    m_isDone = code == SQLITE_DONE; // one more step would begin anew
    note(code);
    return code == SQLITE_ROW;
}

void Statement::note(int code) { m_database->note(code); }

void Statement::bindInteger(int index, std::int64_t value)
{
    if (m_database->isOk())
        note(sqlite3_bind_int64(m_statement, index, value));
}

void Statement::bind(int index, double value)
{
    if (m_database->isOk())
        note(sqlite3_bind_double(m_statement, index, value));
}

void Statement::bind(int index, const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    if (m_database->isOk())
        note(sqlite3_bind_text64(m_statement, index, utf8.constData(), sqlite3_uint64(utf8.size()), SQLITE_TRANSIENT,
                                 SQLITE_UTF8));
}

void Statement::bind(int index, const QByteArray &blob)
{
    // Never a null pointer, which would be bound as NULL.
    if (m_database->isOk())
        note(sqlite3_bind_blob64(m_statement, index, blob.constData(), sqlite3_uint64(blob.size()), SQLITE_TRANSIENT));
}

int Statement::takeColumn(int wantedType)
{
    if (!m_database->isOk() || !m_statement)
        return -1;
    const int column = m_column++;
    if (sqlite3_column_type(m_statement, column) == wantedType)
        return column;
    m_database->failDamaged(QStringLiteral("a value has the wrong type"));
    return -1;
}

std::int64_t Statement::takeInteger()
{
    const int column = takeColumn(SQLITE_INTEGER);
    return column < 0 ? 0 : sqlite3_column_int64(m_statement, column);
}

int Statement::takeInt()
{
    const std::int64_t value = takeInteger();
    if (std::in_range<int>(value))
        return int(value);
    m_database->failDamaged(QStringLiteral("a number is out of range"));
    return 0;
}

std::uint64_t Statement::takeCount()
{
    const std::int64_t value = takeInteger();
    if (value >= 0)
        return std::uint64_t(value);
    m_database->failDamaged(QStringLiteral("a count is negative"));
    return 0;
}

bool Statement::takeBool()
{
    const std::int64_t value = takeInteger();
    if (value != 0 && value != 1)
        m_database->failDamaged(QStringLiteral("a yes or no is neither"));
    return value == 1;
}

double Statement::takeReal()
{
    const int column = takeColumn(SQLITE_FLOAT);
    return column < 0 ? 0.0 : sqlite3_column_double(m_statement, column);
}

QString Statement::takeText()
{
    const int column = takeColumn(SQLITE_TEXT);
    if (column < 0)
        return {};
    const unsigned char *text = sqlite3_column_text(m_statement, column); // first, as it may convert
    const QUtf8StringView view(text, text ? sqlite3_column_bytes(m_statement, column) : 0);
    if (!view.isValidUtf8())
        m_database->failDamaged(QStringLiteral("a text is not UTF-8"));
    return view.toString();
}

QByteArray Statement::takeBlob()
{
    const int column = takeColumn(SQLITE_BLOB);
    if (column < 0)
        return {};
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(bytes, bytes ? sqlite3_column_bytes(m_statement, column) : 0);
}

bool Statement::skipNull()
{
    const bool isNull = m_statement && m_database->isOk() && sqlite3_column_type(m_statement, m_column) == SQLITE_NULL;
    m_column += isNull;
    return isNull;
}

std::optional<double> Statement::takeOptionalReal()
{
    return skipNull() ? std::nullopt : std::optional(takeReal());
}

std::optional<std::int64_t> Statement::takeOptionalInteger()
{
    return skipNull() ? std::nullopt : std::optional(takeInteger());
}

std::optional<QByteArray> Statement::takeOptionalBlob()
{
    return skipNull() ? std::nullopt : std::optional(takeBlob());
}

Database::Database(const QString &path, Mode mode)
    : m_path(path)
    , m_mode(mode)
{
}

Database::~Database() { sqlite3_close(m_connection); }

Result<std::unique_ptr<Database>> Database::open(const QString &path, Mode mode)
{
    std::unique_ptr<Database> database(new Database(path, mode));
    database->connectTo();
    if (mode == Mode::Write)
        database->prepareForWriting();
    else if (mode != Mode::Memory)
        database->prepareForHostileInput();
    return database->takeResult().transform([&] { return std::move(database); });
}

// A log is usually read through a file of shared memory beside it, which a full or read-only disk has no room for. Nobody
// writes the log of a killed run: without locks, as if alone, memory of our own does (sqlite.org/wal.html, section 6).
void Database::connectTo()
{
    QByteArray name = ":memory:";
    int access = SQLITE_OPEN_READWRITE;
    const char *system = m_mode == Mode::Read ? "unix-none" : nullptr;
    if (m_mode == Mode::Write)
        name = uriOf(m_path, "");
    else if (m_mode != Mode::Memory) {
        name = uriOf(m_path, m_mode == Mode::ReadImmutable ? "?immutable=1" : "");
        access = SQLITE_OPEN_READONLY;
    }
    note(sqlite3_open_v2(name.constData(), &m_connection,
                         access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, system));
    if (isOk())
        sqlite3_limit(m_connection, SQLITE_LIMIT_LENGTH, kMaxValueBytes);
}

// Exclusive before WAL: no shared memory file, and no reader that could hold up the checkpoint at the end.
void Database::prepareForWriting()
{
    execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
}

// Source: "Defense Against The Dark Arts", sqlite.org/security.html, section 1.2.
void Database::prepareForHostileInput()
{
    if (!isOk())
        return;
    constexpr std::pair<int, int> kSwitches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    };
    for (const auto &[option, value] : kSwitches)
        note(sqlite3_db_config(m_connection, option, value, nullptr));
    constexpr std::pair<int, int> kLimits[] = {
        {SQLITE_LIMIT_SQL_LENGTH, 100'000}, {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_EXPR_DEPTH, 10},      {SQLITE_LIMIT_COMPOUND_SELECT, 3},
        {SQLITE_LIMIT_VDBE_OP, 25'000},     {SQLITE_LIMIT_FUNCTION_ARG, 8},
        {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 10}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (const auto &[limit, value] : kLimits)
        sqlite3_limit(m_connection, limit, value);
    sqlite3_progress_handler(m_connection, kOperationsPerCall, &Database::isSpent, this);
    renewAllowance();
    execute("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON");
    if (m_mode == Mode::Read)
        execute("PRAGMA locking_mode = EXCLUSIVE"); // before the first look at the file
}

void Database::renewAllowance()
{
    // A row takes at least 8 bytes of file and fewer than 100 operations to check or to read.
    constexpr std::int64_t kFloor = 10'000'000;
    m_allowance = kFloor + 16 * QFileInfo(m_path).size();
}

void Database::spend(std::int64_t operations)
{
    m_allowance -= operations;
    if (m_allowance < 0)
        failDamaged(kTakesTooLong);
}

/// Also when whoever waits for the thread wants it to end: a big file is not checked to its last page first.
int Database::isSpent(void *database)
{
    std::int64_t &allowance = static_cast<Database *>(database)->m_allowance;
    allowance -= kOperationsPerCall;
    return allowance < 0 || QThread::currentThread()->isInterruptionRequested();
}

void Database::execute(const QByteArray &sql)
{
    if (isOk())
        note(sqlite3_exec(m_connection, sql.constData(), nullptr, nullptr, nullptr));
}

std::int64_t Database::integerOf(const char *sql)
{
    Statement statement(*this, sql);
    return statement.next() ? statement.takeInteger() : 0;
}

QString Database::textOf(const char *sql)
{
    Statement statement(*this, sql);
    return statement.next() ? statement.takeText() : QString();
}

std::int64_t Database::lastInsertId() const { return sqlite3_last_insert_rowid(m_connection); }

// Through SQLite's own descriptor: closing another one of the same file would drop the locks of a writer in this process.
bool Database::isBeingWritten() const
{
    sqlite3_file *file = fileOf(m_connection);
    if (!file)
        return false;
    const bool isLocked = file->pMethods->xLock(file, SQLITE_LOCK_SHARED) == SQLITE_BUSY;
    file->pMethods->xUnlock(file, SQLITE_LOCK_NONE);
    return isLocked;
}

bool Database::usesLog() const
{
    constexpr char kLog = 2; // 1 is a rollback journal (sqlite.org/fileformat.html, section 1.3.3)
    char versions[2] = {}; // to write and to read, at offset 18
    sqlite3_file *file = fileOf(m_connection);
    return file && file->pMethods->xRead(file, versions, sizeof versions, 18) == SQLITE_OK && versions[1] == kLog;
}

bool Database::endsWithinAPage()
{
    const std::int64_t page = integerOf("PRAGMA page_size");
    return m_mode == Mode::ReadImmutable && page > 0 && QFileInfo(m_path).size() % page != 0;
}

Result<void> Database::takeResult()
{
    if (!m_error)
        return {};
    return std::unexpected(*std::exchange(m_error, std::nullopt));
}

void Database::fail(const Error &error)
{
    if (!m_error)
        m_error = error;
}

void Database::failDamaged(const QString &what)
{
    fail({Error::Code::InvalidInput, damagedBy(what), m_path});
}

void Database::close()
{
    note(sqlite3_close(m_connection));
    if (isOk())
        m_connection = nullptr;
}

void Database::note(int code)
{
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE && !m_error)
        m_error = errorFor(code);
}

Error Database::errorFor(int code) const
{
    const bool isWriting = m_mode == Mode::Write;
    const bool isReading = m_mode == Mode::Read || m_mode == Mode::ReadImmutable;
    const auto general = isWriting ? Error::Code::Unwritable : Error::Code::Unreadable;
    int number = m_connection ? sqlite3_system_errno(m_connection) : 0;
    if (isOutOfNames(number, m_path))
        number = ENOSPC;
    const QString text = QString::fromUtf8(m_connection ? sqlite3_errmsg(m_connection) : sqlite3_errstr(code));
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {general, writeFailure(ENOSPC), m_path};
    case SQLITE_NOTADB:
        return {Error::Code::InvalidInput, QStringLiteral("this is not a Headroom session; choose a .headroom file"),
                m_path};
    case SQLITE_INTERRUPT:
        return {Error::Code::InvalidInput, damagedBy(kTakesTooLong), m_path};
    case SQLITE_NOMEM:
        return {general, QStringLiteral("there is not enough memory for this session; end other programs and try again"),
                m_path};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {general, QStringLiteral("a run is still writing this session; wait for its end"), m_path};
    case SQLITE_READONLY:
        return {general,
                isWriting ? QStringLiteral("the file is read-only; choose another place")
                          : QStringLiteral("another program's journal lies beside the session; take it away and try again"),
                m_path};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return {general, isWriting ? writeFailure(number, text) : readFailure(number, text), m_path};
    case SQLITE_CORRUPT:
        return {isWriting ? general : Error::Code::InvalidInput, damagedBy(text), m_path};
    default:
        return isReading ? Error{Error::Code::InvalidInput, damagedBy(text), m_path} : Error{general, text, m_path};
    }
}

Transaction::Transaction(Database &database)
    : m_database(database)
{
    database.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (m_isOpen)
        rollBack();
}

Result<void> Transaction::commit()
{
    m_database.execute("COMMIT");
    if (!m_database.isOk())
        rollBack();
    m_isOpen = false;
    return m_database.takeResult();
}

void Transaction::rollBack()
{
    // Whatever this says, the failure that led here is the one to tell. SQLite may have rolled back by itself.
    if (!sqlite3_get_autocommit(m_database.m_connection))
        sqlite3_exec(m_database.m_connection, "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace Headroom
