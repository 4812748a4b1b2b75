// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Puts programs that act as perf and py-spy into a folder. They look at nobody: they wait as long as they are told and
/// tell of two stacks, with three samples and one. An environment variable FAKE_PROFILER makes them fail: "denied",
/// "broken", "idle" (they see nothing), "hang".
bool makeFakeProfilers(const QString &folder);
