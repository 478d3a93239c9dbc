#include "attribution/methods/along.h"

#include <algorithm>
#include <array>

#include "tessera/base/error.h"

namespace tessera::attribution {
namespace {

constexpr int most_steps = 10'000;

// Points at a time: each is held here once, and a few times over by the sweep that runs from it.
int points_at_a_time(const Cube& cube, const Control& control) {
  const std::size_t bytes = std::max<std::size_t>(1, cube.values.size() * sizeof(float));
  return int(std::clamp<std::size_t>(control.memory_budget / (4 * bytes), 1, 64));
}

}  // namespace

void check_steps(int steps) {
  if (steps < 1 || steps > most_steps)
    throw Error("a path cannot have " + std::to_string(steps) + " steps", "steps",
                "Use 1 to " + std::to_string(most_steps));
}

Cube difference(const Cube& cube, const Cube& baseline) {
  Cube result = cube;
  for (std::size_t i = 0; i < result.values.size(); ++i) result.values[i] -= baseline.values[i];
  return result;
}

Cube between(const Cube& start, const Cube& end, float fraction) {
  Cube result = start;
  for (std::size_t i = 0; i < result.values.size(); ++i)
    result.values[i] += fraction * (end.values[i] - start.values[i]);
  return result;
}

std::vector<Cube> midpoints(const Cube& cube, const Cube& baseline, int n) {
  std::vector<Cube> points;
  points.reserve(std::size_t(n));
  for (int k = 0; k < n; ++k) points.push_back(between(baseline, cube, midpoint(k, n)));
  return points;
}

LayerGradient mean_gradient(Sweeps& sweeps, const Image& picture, const std::string& layer,
                            const Objective& objective, const GradientRules& rules, int n,
                            const std::function<Cube(int k)>& point, const Control& control,
                            MethodNote& note) {
  const std::array layers{layer};
  const std::shared_ptr<const Cube> cube = sweeps.activations(picture, layer);
  const int together = points_at_a_time(*cube, control);
  std::vector<double> sum(cube->values.size());
  LayerGradient result;
  result.influences = false;
  for (int begin = 0; begin < n; begin += together) {
    control.throw_if_cancelled();
    const int end = std::min(n, begin + together);
    std::vector<Cube> points;
    for (int k = begin; k < end; ++k) points.push_back(point(k));
    MeanGradients part = sweeps.gradients_at(picture, layer, points, objective, layers, rules,
                                             part_of(control, float(begin) / n, float(end) / n));
    LayerGradient& here = part.layers.at(0);
    merge(note, part.note);
    result.influences |= here.influences;
    result.layer = here.layer;
    result.activations = here.activations;
    if (end - begin == n) {
      result.gradient = here.gradient;
      break;
    }
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] += double(here.gradient->values[i]) * (end - begin) / n;
  }
  if (!result.gradient) {
    Cube gradient(cube->height, cube->width, cube->channels);
    std::copy(sum.begin(), sum.end(), gradient.values.begin());
    result.gradient = std::make_shared<const Cube>(std::move(gradient));
  }
  note.points = std::size_t(n);
  return result;
}

LayerGradient path_gradient(Sweeps& sweeps, const Image& picture, const std::string& layer,
                            const Objective& objective, const GradientRules& rules, Baseline baseline, int n,
                            const Control& control, MethodNote& note) {
  check_steps(n);
  const std::shared_ptr<const Cube> cube = sweeps.activations(picture, layer);
  const Cube start = baseline_of(*cube, baseline);
  const auto point = [&](int k) { return between(start, *cube, midpoint(k, n)); };
  return mean_gradient(sweeps, picture, layer, objective, rules, n, point, control, note);
}

void set_path(Sweeps& sweeps, const Image& picture, Source& source, Baseline baseline, int steps) {
  if (steps != 0) check_steps(steps);
  if (steps == 0 && baseline == Baseline::zero) return;
  const std::shared_ptr<const Cube> cube = sweeps.activations(picture, source.layer);
  const Cube start = baseline_of(*cube, baseline);
  if (baseline != Baseline::zero) source.cube = std::make_shared<const Cube>(difference(*cube, start));
  source.points = midpoints(*cube, start, steps);
}

Control part_of(const Control& control, float begin, float end) {
  Control part = control;
  if (control.progress)
    part.progress = [progress = control.progress, begin, end](float fraction, std::string_view stage) {
      progress(begin + fraction * (end - begin), stage);
    };
  return part;
}

void merge(MethodNote& note, const MethodNote& other) {
  note.engine = std::max(note.engine, other.engine);
  note.direction = other.direction;
  note.rules = other.rules;
  note.points = std::max(note.points, other.points);
  for (const std::string& remark : other.remarks)
    if (std::find(note.remarks.begin(), note.remarks.end(), remark) == note.remarks.end())
      note.remarks.push_back(remark);
}

}  // namespace tessera::attribution
