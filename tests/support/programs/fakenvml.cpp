// SPDX-License-Identifier: GPL-3.0-or-later
// A library in the place of NVIDIA's NVML: one device, whose figures stand in the environment, so that a test can
// change them. FAKE_NVML: "use memory total milliwatts degrees"; a word "-" is what the device cannot tell. Without it
// there is no driver.
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr int kSuccess = 0;
constexpr int kInvalidArgument = 2;
constexpr int kNotSupported = 3;
constexpr int kDriverNotLoaded = 9;

std::vector<std::string> words()
{
    const char *text = std::getenv("FAKE_NVML");
    std::istringstream stream(text ? text : "");
    std::vector<std::string> found;
    for (std::string word; stream >> word;)
        found.push_back(word);
    return found;
}

template <typename Number> int tell(std::size_t place, Number *value)
{
    const auto all = words();
    if (place >= all.size() || all[place] == "-")
        return kNotSupported;
    *value = Number(std::stoull(all[place]));
    return kSuccess;
}

} // namespace

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

extern "C" {

int nvmlInit_v2() { return words().empty() ? kDriverNotLoaded : kSuccess; }
int nvmlShutdown() { return kSuccess; }
const char *nvmlErrorString(int code)
{
    return code == kDriverNotLoaded ? "Driver Not Loaded"
        : code == kInvalidArgument  ? "Invalid Argument"
                                    : "Unknown Error";
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device)
{
    static int only = 0;
    *device = &only;
    return index == 0 ? kSuccess : kInvalidArgument;
}
int nvmlDeviceGetUtilizationRates(void * /*device*/, Utilization *use) { return tell(0, &use->gpu); }
int nvmlDeviceGetMemoryInfo(void * /*device*/, Memory *memory)
{
    const int code = tell(1, &memory->used);
    return code == kSuccess ? tell(2, &memory->total) : code;
}
int nvmlDeviceGetPowerUsage(void * /*device*/, unsigned *milliwatts) { return tell(3, milliwatts); }
int nvmlDeviceGetTemperature(void * /*device*/, unsigned /*sensor*/, unsigned *degrees) { return tell(4, degrees); }
}
