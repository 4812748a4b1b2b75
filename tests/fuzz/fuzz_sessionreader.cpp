// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionreader.h"

#include <QTemporaryFile>

#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

/// The input as a file. Not a memfd: SQLite follows the link in /proc, which leads to no name.
QString fileWith(const uint8_t *data, size_t size)
{
    static QTemporaryFile file; // where TMPDIR says
    if (!file.isOpen() && !file.open())
        std::abort();
    file.resize(0);
    file.seek(0);
    if (file.write(reinterpret_cast<const char *>(data), qint64(size)) != qint64(size) || !file.flush())
        std::abort();
    return file.fileName();
}

/// Something of everything that was read, so that nothing of it is left out as unused.
class Reading
{
public:
    explicit Reading(const SessionReader &session)
        : m_session(session)
    {
    }
    void readAll()
    {
        readFrames();
        readRange();
        readSamples();
        readAttachments();
        note(m_session.verify([this](double share) { m_sum += std::uint64_t(share * 100.0); }).has_value());
        note(m_session.events().has_value());
    }
    std::uint64_t sum() const { return m_sum; }

private:
    void note(bool isRead) { m_sum += isRead; }

    void readFrames()
    {
        const auto read = m_session.forEachFrame([this](const FramePtr &frame) {
            m_sum += frame->requests().requests + frame->iterations().started + frame->exemplars.size();
            m_sum += std::uint64_t(m_session.facts()->stageAt(std::chrono::seconds(frame->second)).value);
            m_last = frame->second;
            return true;
        });
        note(read.has_value());
    }
    /// From the middle on; and everything, over whole minutes and their rests.
    void readRange()
    {
        note(m_session.forEachFrame(m_last / 2, m_last, [](const FramePtr &) { return true; }).has_value());
        for (const int from : {0, m_last / 2})
            for (const LatencySet &set : m_session.merged(from, m_last).value_or(std::vector<LatencySet>()))
                m_sum += set.counts.requests + set[LatencyKind::Response].count();
    }
    void readSamples()
    {
        const auto read = m_session.forEachSamples([this](const SecondSamples &samples) {
            for (const RawSample &sample : samples.kept)
                m_sum += std::uint64_t(sample.responseTime().count()) + sample.step.at();
            return true;
        });
        note(read.has_value());
    }
    void readAttachments()
    {
        for (std::size_t i = 0; i < m_session.attachments().size(); ++i)
            if (const auto attachment = m_session.attachment(i))
                m_sum += std::uint64_t(attachment->bytes.size() + attachment->name.size());
    }

    const SessionReader &m_session;
    int m_last = 0;
    std::uint64_t m_sum = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto session = SessionReader::open(fileWith(data, size));
    if (!session)
        return 0;
    Reading reading(**session);
    reading.readAll();
    return reading.sum() == UINT64_MAX ? -1 : 0;
}
