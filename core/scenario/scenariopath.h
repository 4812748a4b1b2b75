// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace Headroom {

/// The whole path of a file that a scenario names: a regular file in the scenario's folder or below it.
/// `file`: as written, relative to `folder`.
/// Errors: InvalidInput for a path that leaves the folder (absolute, by "..", by a symbolic link), for what is no
/// regular file (nothing is opened to see that) and when the folder is empty, so not known; NotFound.
/// Thread: any.
Result<QString> pathInside(const QString &folder, const QString &file);

/// What is wrong with the text of such a path, whatever the folder; empty when all is well.
QString pathProblem(const QString &file);

/// All bytes of such a file.
/// Errors: those of pathInside(); Unreadable; InvalidInput when it is longer than `mostBytes`.
Result<QByteArray> readFileInside(const QString &folder, const QString &file, qint64 mostBytes);

} // namespace Headroom
