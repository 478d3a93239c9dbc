// Integrated gradients of the first class at each suggested layer: what they miss of the change goes away as
// steps grow (Sundararajan et al. 2017, completeness).
#include <algorithm>
#include <array>
#include <cmath>

#include "check/subject.h"
#include "tessera/attribution/method.h"
#include "tessera/base/error.h"

namespace tessera::check {
namespace {

constexpr int most_steps = 256;
constexpr double limit = .05;  // of the change, with the most steps

struct Gap {
  double share = 0;  // of the change that is explained, or of the values that it lies between where these are
                     // much larger
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
  const double size = std::max(
      {change, .1 * std::abs(double(found.value)), .1 * std::abs(double(found.baseline_value)), 1e-12});
  return {std::abs(double(found.gap)) / size, std::isfinite(found.gap)};
}

// The same for the half of the path that ends at the picture's values: where a network changes steeply before
// a layer of zeros, as one that normalises its values does, this half tells whether derivatives are right.
double gap_of_upper_half(attribution::Sweeps& sweeps, const Image& picture, const std::string& layer,
                         int top) {
  constexpr int steps = 16;
  const std::shared_ptr<const Cube> cube = sweeps.activations(picture, layer);
  const auto scaled = [&](double factor) {
    Cube result = *cube;
    for (float& value : result.values) value = float(value * factor);
    return result;
  };
  std::vector<Cube> points;
  for (int k = 0; k < steps; ++k) points.push_back(scaled(.5 + .5 * (k + .5) / steps));
  const std::array ends{*cube, scaled(.5)};
  const std::vector<float> values = sweeps.values_at(picture, layer, ends, attribution::ClassLogit{top});
  const std::array layers{layer};
  const auto mean =
      sweeps.gradients_at(picture, layer, points, attribution::ClassLogit{top}, layers).layers.at(0).gradient;
  double total = 0, size = 0;
  for (std::size_t i = 0; i < cube->values.size(); ++i) {
    total += .5 * double(cube->values[i]) * mean->values[i];
    size += .5 * std::abs(double(cube->values[i]) * mean->values[i]);
  }
  const double change = double(values[0]) - values[1];
  return std::abs(change - total) /
         std::max({std::abs(change), .05 * size, 1e-4 * std::abs(double(values[0])), 1e-12});
}

}  // namespace

void check_completeness(Subject& subject, Report& report) {
  attribution::Sweeps sweeps(subject.whole);
  const Image& picture = subject.pictures.front();
  attribution::Control quiet;
  quiet.stop = subject.control.stop;
  quiet.progress = [&subject](float, std::string_view) { subject.pause(); };
  quiet.memory_budget = subject.control.memory_budget;
  if (!at::isfinite(subject.recording.tensor(subject.model.flat.logits)).all().item<bool>()) {
    report.lines.push_back(line(Kind::completeness, {}, Outcome::skipped,
                                "The network gives no finite class scores for the picture"));
    return;
  }
  const int top =
      int(subject.recording.tensor(subject.model.flat.logits).flatten().argmax().item<std::int64_t>());
  for (const model::LayerValue* layer : subject.layers) {
    subject.pause();
    const std::string& name = layer->info.name;
    // The way to the picture is the longest; pictures are what people ask about least.
    if (layer->value == subject.model.flat.picture && subject.layers.size() > 1) continue;
    try {
      const Gap few = gap_of(sweeps, picture, name, top, 4, quiet);
      if (!few.finite) {
        report.lines.push_back(line(
            Kind::completeness, name, Outcome::skipped,
            "The network gives no finite number for a layer of zeros, so there is no change to explain"));
        continue;
      }
      int steps = 4;
      double share = few.share;
      // Steep places of the path need more steps.
      while (share > limit && steps < most_steps) {
        steps *= 4;
        share = gap_of(sweeps, picture, name, top, steps, quiet).share;
      }
      if (share > limit && gap_of_upper_half(sweeps, picture, name, top) <= limit) {
        Line steep =
            line(Kind::completeness, name, Outcome::handled,
                 "The network changes steeply before a layer of zeros, as one does that normalises its "
                 "values: integrated gradients "
                 "with " +
                     std::to_string(steps) +
                     " steps miss a part of the change, which every view says, and derivatives are right");
        steep.measured = share;
        steep.limit = limit;
        report.lines.push_back(std::move(steep));
        continue;
      }
      report.lines.push_back(
          judged(Kind::completeness, name, share, limit,
                 "With " + std::to_string(steps) + " steps integrated gradients add up to the change",
                 "Integrated gradients do not come to add up to the change, even with " +
                     std::to_string(steps) + " steps"));
    } catch (const Error& error) {
      report.lines.push_back(line(Kind::completeness, name,
                                  subject.model.flat.decisions.empty() ? Outcome::failed : Outcome::skipped,
                                  "There are no integrated gradients: " + error.happened()));
    }
  }
}

}  // namespace tessera::check
