// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/prommeasure.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

using namespace Headroom;

namespace {

using As = Scenario::Probe::As;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isInside(QByteArrayView part, QByteArrayView whole)
{
    return part.isEmpty() || (part.begin() >= whole.begin() && part.end() <= whole.end());
}

/// All that is shown lies inside the text.
void checkSample(const PromSample &sample, QByteArrayView text)
{
    require(!sample.name.isEmpty());
    require(isInside(sample.name, text) && isInside(sample.labelText, text));
    for (const PromSample::Label &label : sample.labels) {
        require(isInside(label.name, text) && isInside(label.written, text));
        require(label.value().size() <= label.written.size());
    }
}

} // namespace

/// Whatever the text: it is read without harm or refused with a sentence, and what is made of it is finite. The second
/// half of the text is the next reading of the first.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray all(reinterpret_cast<const char *>(data), qsizetype(size));
    std::vector<PromMeasure> measures;
    for (const As as : {As::Value, As::Rate, As::Mean, As::Quantile}) {
        measures.push_back(*PromMeasure::make({{}, "a", {}, as, 0.95}));
        measures.push_back(*PromMeasure::make({{}, "a", {{"b", "c.*"}}, as, 0.5}));
    }
    SteadyTime now;
    for (const QByteArray &text : {all.first(all.size() / 2), all.sliced(all.size() / 2)}) {
        for (PromMeasure &measure : measures)
            measure.begin();
        const PromVisitor visitor{[&](const PromSample &sample) {
                                      checkSample(sample, text);
                                      for (PromMeasure &measure : measures)
                                          measure.take(sample);
                                  },
                                  [&](QByteArrayView name, QByteArrayView type) {
                                      for (PromMeasure &measure : measures)
                                          measure.takeType(name, type);
                                  }};
        const auto read = readPromText(text, visitor);
        require(read || !read.error().message.isEmpty());
        now += 1s;
        for (PromMeasure &measure : measures) {
            const PromMeasure::Outcome outcome = measure.end(now);
            require(!outcome.value || (std::isfinite(*outcome.value) && outcome.problem.isEmpty()));
        }
    }
    return 0;
}
