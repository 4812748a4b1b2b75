// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>

namespace Headroom {

/// A test that shares its program with others (tests/CMakeLists.txt), and its main().
struct TestOfProgram
{
    const char *name;
    int (*main)(int argc, char *argv[]);
};

/// Runs the test that the first argument names, with the arguments behind it; a program of one test needs no name.
/// Returns what its main() returns, or 2 with the names on stderr where none of them was asked for.
int runTestOf(std::initializer_list<TestOfProgram> tests, int argc, char *argv[]);

} // namespace Headroom
