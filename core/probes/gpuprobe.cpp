// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/gpuprobe.h"

#include "core/base/humanformat.h"

#include <QProcess>

#include <array>
#include <cmath>
#include <utility>

namespace Headroom {

namespace {

constexpr int kPatienceMs = 1800; // less than a probe may take
constexpr qsizetype kMostBytes = 4096;
constexpr double kMebibyte = 1024.0 * 1024.0;

/// Looks in the thread of its probe, with what is there.
class Gpu
{
public:
    Gpu(int index, GpuTools tools)
        : m_index(index)
        , m_tools(std::move(tools))
    {
    }

    ThreadLook look()
    {
        const auto figures = ask();
        if (!figures)
            return {.problem = figures.error().message};
        return {.values = {figures->usePercent, figures->memoryBytes, figures->memoryTotalBytes, figures->powerWatts,
                           figures->temperatureCelsius}};
    }

private:
    Result<GpuFigures> ask()
    {
        if (m_library)
            return m_library->look(m_index);
        auto opened = NvmlLibrary::open(m_tools.library);
        if (!opened)
            return askProgram(opened.error());
        m_library = std::move(*opened);
        return m_library->look(m_index);
    }

    Result<GpuFigures> askProgram(const Error &ofLibrary) const
    {
        QProcess process;
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(m_tools.program,
                      {QStringLiteral("--query-gpu=") + QLatin1String(kGpuQuery),
                       QStringLiteral("--format=csv,noheader,nounits"), QStringLiteral("--id=%1").arg(m_index)},
                      QIODevice::ReadOnly);
        if (!process.waitForStarted(kPatienceMs))
            return std::unexpected(neither(ofLibrary));
        if (!process.waitForFinished(kPatienceMs)) {
            process.kill();
            process.waitForFinished(kPatienceMs);
            return failure(Error::Code::Unreadable, QStringLiteral("nvidia-smi did not answer in time"));
        }
        const QByteArray said = process.read(kMostBytes);
        if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
            const QByteArray words = said.isEmpty() ? process.readAllStandardError().left(kMostBytes) : said;
            return failure(
                Error::Code::Unreadable,
                QStringLiteral("nvidia-smi failed: %1").arg(QString::fromUtf8(words).simplified().left(200)));
        }
        return readGpuLine(said);
    }

    static Error neither(const Error &ofLibrary)
    {
        if (ofLibrary.code != Error::Code::NotFound)
            return ofLibrary;
        return {
            Error::Code::NotFound,
            QStringLiteral("there is neither NVIDIA's NVML library nor nvidia-smi; install NVIDIA's driver, or take "
                           "the probe out"),
            {}};
    }

    const int m_index;
    const GpuTools m_tools;
    std::unique_ptr<NvmlLibrary> m_library;
};

/// "12 ", "[N/A]" and "[Not Supported]"; nothing for what is no number.
std::optional<double> cell(QByteArrayView text)
{
    bool isNumber = false;
    const double number = text.trimmed().toDouble(&isNumber);
    constexpr double kMost = 1e15; // of anything that it tells; false of what is no number as well
    return isNumber && std::abs(number) < kMost ? std::optional(number) : std::nullopt;
}

std::optional<double> bytes(std::optional<double> mebibytes)
{
    return mebibytes.transform([](double count) { return count * kMebibyte; });
}

} // namespace

Result<GpuFigures> readGpuLine(QByteArrayView text)
{
    constexpr std::size_t kCells = 5;
    const qsizetype end = text.indexOf('\n');
    QByteArrayView rest = end < 0 ? text : text.first(end);
    std::array<QByteArrayView, kCells> cells;
    std::size_t count = 0;
    for (bool isLast = false; !isLast && count < kCells; ++count) {
        const qsizetype comma = rest.indexOf(',');
        isLast = comma < 0;
        cells[count] = isLast ? rest : rest.first(comma);
        rest = isLast ? QByteArrayView() : rest.sliced(comma + 1);
    }
    if (count < kCells || !rest.isEmpty())
        return failure(Error::Code::InvalidInput,
                       QStringLiteral("nvidia-smi said %1, which is not what it was asked for")
                           .arg(formatQuoted(QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 200))))));
    return GpuFigures{cell(cells[0]), bytes(cell(cells[1])), bytes(cell(cells[2])), cell(cells[3]), cell(cells[4])};
}

GpuProbe::GpuProbe(const QString &name, int index, Clock &clock, const GpuTools &tools)
    : ThreadProbe(
          name,
          {{"use", "percent"},
           {"memory", "bytes"},
           {"memory_total", "bytes"},
           {"power_watts", {}},
           {"temperature_celsius", {}}},
          [gpu = std::make_shared<Gpu>(index, tools)] { return gpu->look(); }, clock)
{
}

} // namespace Headroom
