// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeprofilers.h"

#include <QFile>

namespace {

const char kPerf[] = R"sh(#!/bin/sh
mode=$1
case "$FAKE_PROFILER" in
denied) echo "Access to performance monitoring and observability operations is limited (perf_event_paranoid)." >&2; exit 255 ;;
broken) echo "something is wrong" >&2; exit 3 ;;
hang) exec sleep 1000 ;;
esac
if [ "$mode" = record ]; then
    while [ "$1" != -- ]; do
        [ "$1" = --output ] && out=$2
        shift
    done
    shift
    "$@"
    echo data >"$out"
    exit
fi
[ "$FAKE_PROFILER" = idle ] && exit
for sample in 1 2 3; do
    printf 'server %s \n\t 7f01 work (/opt/server)\n\t 7f02 main (/opt/server)\n\n' "$$"
done
printf 'server %s \n\t ffff81 do_idle ([kernel.kallsyms])\n\n' "$$"
)sh";

const char kPySpy[] = R"sh(#!/bin/sh
while [ $# -gt 0 ]; do
    case "$1" in
    --output) out=$2 ;;
    --pid) pid=$2 ;;
    esac
    shift
done
[ "$FAKE_PROFILER" = denied ] && { echo "Permission Denied: Try running again with elevated permissions" >&2; exit 1; }
[ "$FAKE_PROFILER" = idle ] && { : >"$out"; exit; }
printf 'run (app.py:3);work (app.py:12) 3\nrun (app.py:3) 1\n' >"$out"
)sh";

bool makeProgram(const QString &path, const char *text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) > 0
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

bool makeFakeProfilers(const QString &folder)
{
    return makeProgram(folder + QStringLiteral("/perf"), kPerf)
        && makeProgram(folder + QStringLiteral("/py-spy"), kPySpy);
}
