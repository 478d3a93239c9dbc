#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tessera/model/layer.h"
#include "tessera/model/preprocessing.h"

namespace tessera::model {

// What there is to know about a loaded model without running it. Plain data: safe to keep and to show on any thread.
struct ModelCard {
  std::filesystem::path file;
  std::string name;               // "efficientnet_lite0": from the metadata, else the file's stem
  std::string hash;               // XXH3-128 of the file's bytes, 32 hex digits: the model's identity in stores
  std::string device;             // "CPU (2 threads)", "CUDA: NVIDIA H100"
  Preprocessing preprocessing;
  PreprocessingSource preprocessing_source = PreprocessingSource::assumed;
  std::vector<std::string> labels;  // empty, or one for each class
  int classes = 0;
  std::vector<LayerInfo> layers;  // in the order of computation; the first is "input"
  std::size_t parameters = 0;
  int folded_batch_norms = 0;
  std::vector<std::string> notes;  // sentences about what was changed or assumed: "Dropout was in training mode; …"

  // By name or alias; nullptr where there is none.
  const LayerInfo* find_layer(std::string_view name) const;
  // Whether one layer is computed before another; both have to be there.
  bool is_before(std::string_view layer, std::string_view other) const;
};

std::size_t memory_cost(const ModelCard& card);

}  // namespace tessera::model
