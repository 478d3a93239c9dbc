#include "featurevis/objective_value.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace tessera::featurevis {
namespace {

constexpr double least_cosine = .1;
constexpr double small = 1e-4;

// ⟨a, v⟩ · max(.1, cos(a, v))^p, times `weight`, added to the gradient.
double add_direction(const float* a, std::span<const float> v, double v_length, float power, double weight,
                     float* gradient) {
  double dot = 0;
  double square = 0;
  for (std::size_t c = 0; c < v.size(); ++c) {
    dot += double(a[c]) * v[c];
    square += double(a[c]) * a[c];
  }
  if (power == 0) {
    for (std::size_t c = 0; c < v.size(); ++c) gradient[c] += float(weight * v[c]);
    return weight * dot;
  }
  const double length = std::sqrt(square);
  const double cosine = dot / ((small + length) * (small + v_length));
  const double held = std::max(least_cosine, cosine);
  const double factor = std::pow(held, double(power));
  double by_v = factor;
  double by_a = 0;
  if (cosine > least_cosine) {
    const double slope = dot * power * std::pow(held, double(power) - 1);
    by_v += slope / ((small + length) * (small + v_length));
    if (length > 0) by_a = -slope * cosine / ((small + length) * length);
  }
  for (std::size_t c = 0; c < v.size(); ++c) gradient[c] += float(weight * (by_v * v[c] + by_a * a[c]));
  return weight * dot * factor;
}

double length_of(std::span<const float> v) {
  double square = 0;
  for (const float value : v) square += double(value) * value;
  return std::sqrt(square);
}

// The vector of a cube at a place given in its positions, between them bilinearly.
std::vector<float> vector_at(const Caricature& cube, std::size_t channels, double y, double x) {
  const auto clamp = [](double value, int count) { return std::clamp(value, 0.0, double(count - 1)); };
  y = clamp(y, cube.height);
  x = clamp(x, cube.width);
  const int top = std::min(int(y), cube.height - 1);
  const int left = std::min(int(x), cube.width - 1);
  std::vector<float> result(channels);
  for (int down = 0; down < 2; ++down)
    for (int right = 0; right < 2; ++right) {
      const double weight = (down ? y - top : 1 - (y - top)) * (right ? x - left : 1 - (x - left));
      if (weight == 0) continue;
      const float* from =
          cube.values.data() +
          (std::size_t(top + down) * std::size_t(cube.width) + std::size_t(left + right)) * channels;
      for (std::size_t c = 0; c < channels; ++c) result[c] += float(weight * from[c]);
    }
  return result;
}

struct Evaluation {
  const LayerValues& layer;
  Focus focus;
  float* gradient;

  std::size_t centre() const {
    return std::size_t(layer.height / 2) * std::size_t(layer.width) + std::size_t(layer.width / 2);
  }
  double weight(std::size_t position) const {
    const double mean = 1.0 / double(layer.positions());
    if (focus == Focus::everywhere) return mean;
    return .5 * mean + (position == centre() ? .5 : 0);
  }
  std::size_t offset(std::size_t position) const { return position * std::size_t(layer.channels); }
  double one(std::size_t position, int channel, double share) const {
    const std::size_t at = offset(position) + std::size_t(channel);
    gradient[at] += float(share);
    return share * layer.values[at];
  }

  double operator()(const Channel& objective) const {
    double total = 0;
    for (std::size_t p = 0; p < layer.positions(); ++p) total += one(p, objective.channel, weight(p));
    return total;
  }
  double operator()(const CentreNeuron& objective) const { return one(centre(), objective.channel, 1); }
  double operator()(const ClassLogit& objective) const { return one(0, objective.index, 1); }
  double operator()(const Direction& objective) const {
    const double length = length_of(objective.direction);
    double total = 0;
    for (std::size_t p = 0; p < layer.positions(); ++p)
      total += add_direction(layer.values + offset(p), objective.direction, length, objective.cosine_power,
                             weight(p), gradient + offset(p));
    return total;
  }
  double operator()(const Caricature& objective) const {
    const double mean = 1.0 / double(layer.positions());
    double total = 0;
    for (int row = 0; row < layer.height; ++row)
      for (int column = 0; column < layer.width; ++column) {
        const std::vector<float> wanted = vector_at(objective, std::size_t(layer.channels),
                                                    (row + .5) * objective.height / layer.height - .5,
                                                    (column + .5) * objective.width / layer.width - .5);
        const std::size_t at = offset(std::size_t(row) * std::size_t(layer.width) + std::size_t(column));
        total += add_direction(layer.values + at, wanted, length_of(wanted), objective.cosine_power, mean,
                               gradient + at);
      }
    return total;
  }
};

}  // namespace

float evaluate(const IconSubject& subject, const LayerValues& layer, Focus focus, float* gradient) {
  const std::size_t count = layer.positions() * std::size_t(layer.channels);
  std::fill(gradient, gradient + count, 0.f);
  const double value = std::visit(Evaluation{layer, focus, gradient}, subject.objective);
  if (!subject.negative) return float(value);
  for (std::size_t i = 0; i < count; ++i) gradient[i] = -gradient[i];
  return float(-value);
}

float peak(const IconSubject& subject, const LayerValues& layer) {
  const float sign = subject.negative ? -1.f : 1.f;
  const auto largest = [&](auto at) {
    float found = -std::numeric_limits<float>::infinity();
    for (std::size_t p = 0; p < layer.positions(); ++p)
      found = std::max(found, sign * at(p, layer.values + p * std::size_t(layer.channels)));
    return found;
  };
  const auto along = [](const float* a, std::span<const float> v) {
    double dot = 0;
    for (std::size_t c = 0; c < v.size(); ++c) dot += double(a[c]) * v[c];
    return float(dot);
  };
  if (const auto* channel = std::get_if<Channel>(&subject.objective))
    return largest([&](std::size_t, const float* a) { return a[channel->channel]; });
  if (const auto* neuron = std::get_if<CentreNeuron>(&subject.objective))
    return largest([&](std::size_t, const float* a) { return a[neuron->channel]; });
  if (const auto* logit = std::get_if<ClassLogit>(&subject.objective))
    return largest([&](std::size_t, const float* a) { return a[logit->index]; });
  if (const auto* direction = std::get_if<Direction>(&subject.objective))
    return largest([&](std::size_t, const float* a) { return along(a, direction->direction); });
  const auto& cube = std::get<Caricature>(subject.objective);
  return largest([&](std::size_t p, const float* a) {
    const double y = (double(p / std::size_t(layer.width)) + .5) * cube.height / layer.height - .5;
    const double x = (double(p % std::size_t(layer.width)) + .5) * cube.width / layer.width - .5;
    return along(a, vector_at(cube, std::size_t(layer.channels), y, x));
  });
}

}  // namespace tessera::featurevis
