// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/nvmllibrary.h"

#include <QFile>

#include <dlfcn.h>

namespace Headroom {

namespace {

// Of NVML's binary interface, which is promised to stay: nvml.h of the CUDA toolkit.
using Device = void *;
constexpr int kSuccess = 0;
constexpr unsigned kSensorOfGpu = 0;
constexpr double kMilliwatts = 1000.0;

struct Utilization
{
    unsigned gpu;
    unsigned memory;
};

struct Memory
{
    unsigned long long total;
    unsigned long long free;
    unsigned long long used;
};

} // namespace

struct NvmlLibrary::Functions
{
    ~Functions()
    {
        if (isBegun)
            end();
        if (library)
            dlclose(library);
    }

    /// False when the library has no such function.
    template <typename Function> bool find(Function &function, const char *name) const
    {
        function = reinterpret_cast<Function>(dlsym(library, name));
        return function != nullptr;
    }
    bool findAll()
    {
        return find(begin, "nvmlInit_v2") && find(end, "nvmlShutdown") && find(words, "nvmlErrorString")
            && find(device, "nvmlDeviceGetHandleByIndex_v2") && find(use, "nvmlDeviceGetUtilizationRates")
            && find(memory, "nvmlDeviceGetMemoryInfo") && find(power, "nvmlDeviceGetPowerUsage")
            && find(temperature, "nvmlDeviceGetTemperature");
    }

    void *library = nullptr;
    bool isBegun = false;
    int (*begin)() = nullptr;
    int (*end)() = nullptr;
    const char *(*words)(int) = nullptr;
    int (*device)(unsigned, Device *) = nullptr;
    int (*use)(Device, Utilization *) = nullptr;
    int (*memory)(Device, Memory *) = nullptr;
    int (*power)(Device, unsigned *) = nullptr;
    int (*temperature)(Device, unsigned, unsigned *) = nullptr;
};

NvmlLibrary::NvmlLibrary(std::unique_ptr<Functions> functions)
    : m_functions(std::move(functions))
{
}

NvmlLibrary::~NvmlLibrary() = default;

Result<std::unique_ptr<NvmlLibrary>> NvmlLibrary::open(const QString &name)
{
    auto functions = std::make_unique<Functions>();
    functions->library = dlopen(QFile::encodeName(name).constData(), RTLD_NOW | RTLD_LOCAL);
    if (!functions->library)
        return failure(Error::Code::NotFound, QString::fromLocal8Bit(dlerror()));
    if (!functions->findAll())
        return failure(Error::Code::Unreadable,
                       QStringLiteral("%1 lacks a function of NVML; update NVIDIA's driver").arg(name));
    std::unique_ptr<NvmlLibrary> library(new NvmlLibrary(std::move(functions)));
    const int code = library->m_functions->begin();
    if (code != kSuccess)
        return std::unexpected(library->errorOf(code, QStringLiteral("NVML cannot be used")));
    library->m_functions->isBegun = true;
    return library;
}

Error NvmlLibrary::errorOf(int code, const QString &what) const
{
    const char *words = m_functions->words(code);
    return {Error::Code::Unreadable,
            QStringLiteral("%1: %2").arg(what, words ? QString::fromUtf8(words).left(200) : QString::number(code)),
            {}};
}

Result<GpuFigures> NvmlLibrary::look(int index) const
{
    Device device = nullptr;
    if (const int code = m_functions->device(unsigned(index), &device); code != kSuccess)
        return std::unexpected(errorOf(code, QStringLiteral("graphics processor %1 cannot be read").arg(index)));
    GpuFigures figures;
    Utilization use{};
    if (m_functions->use(device, &use) == kSuccess)
        figures.usePercent = double(use.gpu);
    Memory memory{};
    if (m_functions->memory(device, &memory) == kSuccess) {
        figures.memoryBytes = double(memory.used);
        figures.memoryTotalBytes = double(memory.total);
    }
    unsigned value = 0;
    if (m_functions->power(device, &value) == kSuccess)
        figures.powerWatts = double(value) / kMilliwatts;
    if (m_functions->temperature(device, kSensorOfGpu, &value) == kSuccess)
        figures.temperatureCelsius = double(value);
    return figures;
}

} // namespace Headroom
