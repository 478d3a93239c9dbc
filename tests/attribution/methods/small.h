#pragma once

#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "model/fixtures.h"
#include "support/npz.h"
#include "support/paths.h"
#include "tessera/attribution/method.h"
#include "tessera/image/load.h"

namespace tessera::test {

// A small network that comes with the tests, with a picture.
struct Small {
  explicit Small(const std::string& name)
      : model(load_on_cpu(data("tiny/" + name + ".pt"), model::preprocessing_from_text("unit,size=64"))),
        sweeps(*model),
        picture(image::load(data("tiny/chelsea_64.png"))) {}

  std::shared_ptr<model::Model> model;
  attribution::Sweeps sweeps;
  Image picture;
};

inline double sum(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

inline float largest(const std::vector<float>& values) {
  float result = 0;
  for (const float value : values) result = std::max(result, std::abs(value));
  return result;
}

inline float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size()) return INFINITY;
  float result = 0;
  for (std::size_t i = 0; i < a.size(); ++i) result = std::max(result, std::abs(a[i] - b[i]));
  return result;
}

// Groups that stand for nothing: two that divide the layer among them unevenly, one with holes.
inline std::vector<attribution::Group> made_up_groups(const Cube& cube) {
  std::vector<attribution::Group> groups(3);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t p = 0; p < cube.positions(); ++p)
      groups[g].map.push_back(g == 2 && p % 3 == 0 ? 0.0f : 0.1f + float((p * (g + 2)) % 7));
    for (int c = 0; c < cube.channels; ++c)
      groups[g].direction.push_back(g == 2 && c % 2 == 0 ? 0.0f : 0.2f + float((c * (g + 3)) % 5));
  }
  return groups;
}

// The groups of a recorded factorization: maps (H,W,k), directions (k,C).
inline std::vector<attribution::Group> recorded_groups(const std::map<std::string, npy::Array>& numbers,
                                                       const std::string& layer_and_count) {
  const npy::Array& maps = numbers.at("nmf_W/" + layer_and_count);
  const npy::Array& directions = numbers.at("nmf_H/" + layer_and_count);
  const std::size_t count = directions.shape.at(0), channels = directions.shape.at(1);
  std::vector<attribution::Group> groups(count);
  for (std::size_t i = 0; i < maps.values.size(); ++i) groups[i % count].map.push_back(maps.values[i]);
  for (std::size_t i = 0; i < directions.values.size(); ++i)
    groups[i / channels].direction.push_back(directions.values[i]);
  return groups;
}

}  // namespace tessera::test
