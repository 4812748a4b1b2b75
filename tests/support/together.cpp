// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/together.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace Headroom {

int runTestOf(std::initializer_list<TestOfProgram> tests, int argc, char *argv[])
{
    const std::string_view name = argc > 1 ? argv[1] : "";
    const auto test = std::ranges::find(tests, name, &TestOfProgram::name);
    if (test != tests.end()) {
        argv[1] = argv[0];
        return test->main(argc - 1, argv + 1);
    }
    if (tests.size() == 1)
        return tests.begin()->main(argc, argv);
    std::fprintf(stderr, "usage: %s TEST [options of Qt Test], where TEST is one of\n", argv[0]);
    for (const TestOfProgram &one : tests)
        std::fprintf(stderr, "  %s\n", one.name);
    return 2;
}

} // namespace Headroom
