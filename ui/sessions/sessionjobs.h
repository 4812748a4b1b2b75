// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/metrics/memorymappings.h"

#include <QFuture>
#include <QString>

namespace Headroom {

/// What is done with a session's file takes a while and happens in the background; the future tells how it ended.
/// An existing file is replaced only when all is written. Thread: any.

/// The report of a session, built from its file alone; the ending of `file`, .html or .json, is its format.
/// Errors: InvalidInput for another ending; those of the session's reader; Unwritable.
QFuture<Result<void>> exportReport(const QString &session, const QString &file);

/// Errors: Unreadable, Unwritable.
QFuture<Result<void>> copySession(const QString &session, const QString &file);

/// A file that lies in a session, by its place in SessionReader::attachments().
/// Errors: those of the session's reader; Unwritable.
QFuture<Result<void>> saveAttachment(const QString &session, std::size_t index, const QString &file);
/// Errors: Unwritable.
QFuture<Result<void>> saveBytes(const QByteArray &bytes, const QString &file);

/// What held the memory of watched processes, as its attachments tell. Errors: those of the session's reader.
QFuture<Result<std::vector<MappingsLook>>> readMappings(const QString &session);

/// Where runs of the window are kept until they are saved elsewhere: made when missing.
/// Errors: Unwritable.
Result<QString> newSessionPath(const QString &scenarioName);

} // namespace Headroom
