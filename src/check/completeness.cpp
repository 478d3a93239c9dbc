// Integrated gradients of the first class at each suggested layer: what they miss of the change goes away as steps grow (Sundararajan
// et al. 2017, completeness).
#include <algorithm>
#include <cmath>

#include "check/subject.h"
#include "tessera/attribution/method.h"
#include "tessera/base/error.h"

namespace tessera::check {
namespace {

constexpr double limit = .05;  // of the change, with the most steps

struct Gap {
  double share = 0;  // of the change that is explained, or of the values that it lies between where these are much larger
  bool finite = true;
};

Gap gap_of(attribution::Sweeps& sweeps, const Image& picture, const std::string& layer, int top, int steps,
           const attribution::Control& control) {
  attribution::AttributionRequest request;
  request.layer = layer;
  request.objective = attribution::ClassLogit{top};
  request.steps = steps;
  const attribution::Attribution found = attribution::attribute(sweeps, picture, request, control);
  const double change = std::abs(double(found.value) - found.baseline_value);
  const double size = std::max({change, .1 * std::abs(double(found.value)), .1 * std::abs(double(found.baseline_value)), 1e-12});
  return {std::abs(double(found.gap)) / size, std::isfinite(found.gap)};
}

}  // namespace

void check_completeness(Subject& subject, Report& report) {
  attribution::Sweeps sweeps(subject.whole);
  const Image& picture = subject.pictures.front();
  attribution::Control quiet;
  quiet.stop = subject.control.stop;
  quiet.memory_budget = subject.control.memory_budget;
  const int top = int(subject.recording.tensor(subject.model.flat.logits).flatten().argmax().item<std::int64_t>());
  for (const model::LayerValue* layer : subject.layers) {
    subject.control.throw_if_cancelled();
    const std::string& name = layer->info.name;
    // The way to the picture is the longest; pictures are what people ask about least.
    if (layer->value == subject.model.flat.picture && subject.layers.size() > 1) continue;
    try {
      Gap few = gap_of(sweeps, picture, name, top, 4, quiet);
      if (!few.finite) {
        report.lines.push_back(line(Kind::completeness, name, Outcome::skipped,
                                    "The network gives no finite number for a layer of zeros, so there is no change to explain"));
        continue;
      }
      int steps = 12;
      Gap more = gap_of(sweeps, picture, name, top, steps, quiet);
      // Steep places of the path need more steps: still to close, it is to become smaller with each.
      while (more.share > limit && more.share < .7 * few.share && steps < 200) {
        few = more;
        steps *= 4;
        more = gap_of(sweeps, picture, name, top, steps, quiet);
      }
      report.lines.push_back(judged(Kind::completeness, name, more.share, limit,
                                    "With " + std::to_string(steps) + " steps integrated gradients add up to the change",
                                    "Integrated gradients do not come to add up to the change, even with " + std::to_string(steps) + " steps"));
    } catch (const Error& error) {
      report.lines.push_back(line(Kind::completeness, name, subject.model.flat.decisions.empty() ? Outcome::failed : Outcome::skipped,
                                  "There are no integrated gradients: " + error.happened()));
    }
  }
}

}  // namespace tessera::check
