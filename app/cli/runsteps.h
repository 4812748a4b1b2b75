// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/interruptwatch.h"
#include "app/cli/runoptions.h"
#include "core/run/run.h"

#include <expected>

namespace Headroom {

// What `headroom run` does, step by step: for one run, or for each of a sweep.

/// The exit code of a run that did not take place.
int exitCodeOf(const Error &error);
/// Prints the error and gives the exit code back.
int fail(const Error &error, int exitCode);

/// With the files that the session is to hold. Errors: InvalidInput for no URL; those of reading a file or session.
Result<RunRequest> requestOf(const RunOptions &options);
/// Says so when it is some seconds of another: it runs as that one did, and not cut.
void tellWhenCut(const RunOptions &options);
/// Whether what is to be run is a saved session. Such a request has what the session says below what the options say.
bool isSession(const RunOptions &options);

/// Whether all that is to be written may be, beside what is read: asked before a target is looked at. `sessions`: those
/// that were named. `inputs`: beside the options' own, the files of the scenarios. Errors: those of CommandFiles.
Result<void> checkOutputs(const RunOptions &options, const QStringList &sessions, const QStringList &inputs);

struct PreparedRun
{
    RunRequest request;
    Preparation preparation;
};
/// Checks all that can be checked before the target is looked at. Problems are printed; then there is an exit code.
std::expected<PreparedRun, int> prepareRun(const RunOptions &options, RunRequest request);

/// Runs until the end, with the first interrupt finishing and the second cutting what is under way.
std::optional<Error> runToTheEnd(Run &run);
/// The same as one of several, whose signals are all heard by one watch.
std::optional<Error> runToTheEnd(Run &run, InterruptWatch &interrupts);

} // namespace Headroom
