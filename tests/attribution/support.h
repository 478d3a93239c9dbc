#pragma once

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tessera/attribution/sweeps.h"
#include "tessera/base/npy.h"

namespace tessera::test {

// A model, a picture and the sweeps between them.
struct Subject {
  std::string name;
  std::shared_ptr<model::Model> model;
  Image picture;
  std::unique_ptr<attribution::Sweeps> sweeps;
};

Subject tiny_subject(const std::string& network);               // of tests/data/tiny: "tiny_inception_trace"
Subject small_subject(const std::string& name);                 // of tests/data/models
Subject bundled_subject(const std::filesystem::path& picture);  // EfficientNet-Lite0

// All of a recorded array, or the entry `index` of its first axis.
std::vector<float> row(const npy::Array& array, std::size_t index);

// One group of recorded factors W (H,W,k) and H (k,C).
attribution::Group recorded_group(const npy::Array& maps, const npy::Array& directions, std::size_t index);
std::vector<attribution::Group> recorded_groups(const npy::Array& maps, const npy::Array& directions);

// Relative L2 distance, and cosine.
double distance(const std::vector<float>& got, const std::vector<float>& recorded);
double cosine(const std::vector<float>& got, const std::vector<float>& recorded);

}  // namespace tessera::test
