// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/gpuprobe.h"
#include "core/probes/hostparser.h"
#include "core/probes/mappingsreader.h"
#include "core/probes/procparser.h"
#include "core/probes/redisquestion.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isFinite(std::optional<double> number) { return !number || std::isfinite(*number); }

void readProcesses(QByteArrayView text)
{
    parseProcStat(text);
    const QByteArrayView name = processName(text);
    require(name.isEmpty() || (name.begin() >= text.begin() && name.end() <= text.end()));
    parseProcStatus(text);
    parseProcIo(text);
    parsePss(text);
    for (const int pid : parsePids(text))
        require(pid > 0);
    loopbackListeners(text, 80);
    socketInode(text);
}

void readHost(QByteArrayView text)
{
    if (const auto ticks = parseHostTicks(text))
        require(ticks->busy <= ticks->all);
    if (const auto memory = parseHostMemory(text))
        require(memory->totalBytes > 0 && memory->availableBytes <= memory->totalBytes);
    require(isFinite(parsePressure(text)));
    parseFlatKey(text, "usage_usec");
    parseLoneNumber(text);
}

/// In two pieces, as they may come.
void readMappings(QByteArrayView text)
{
    MappingsReader reader;
    reader.take(text.first(text.size() / 2));
    reader.take(text.sliced(text.size() / 2));
    reader.endProcess();
    const MemoryMappings mappings = reader.end(true);
    require(mappings.holders.size() <= MemoryMappings::kMostHolders);
    for (const MemoryMappings::Holder &holder : mappings.holders)
        require(!holder.name.isEmpty() && holder.bytes > 0 && holder.bytes <= mappings.totalBytes);
    const MappingsLook look{.probe = "a", .mappings = mappings};
    if (mappings.totalBytes < 1'000'000'000'000'000)
        require(mappingsLookIn(textOf(look)).has_value());
    mappingsLookIn(text.toByteArray());
}

} // namespace

/// Whatever the kernel, Redis or nvidia-smi say: it is read without harm, and what is made of it is finite.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(reinterpret_cast<const char *>(data), qsizetype(size));
    readProcesses(text);
    readHost(text);
    readMappings(text);
    require(isFinite(redisInfoNumber(text.toByteArray(), "db0.keys")));
    require(isFinite(redisInfoNumber(text.toByteArray(), "used_memory")));
    if (const auto figures = readGpuLine(text))
        require(isFinite(figures->memoryBytes) && isFinite(figures->powerWatts));
    return 0;
}
