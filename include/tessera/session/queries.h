#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tessera/base/cube.h"
#include "tessera/engine/query.h"
#include "tessera/image/fit.h"
#include "tessera/image/image.h"
#include "tessera/model/classification.h"
#include "tessera/model/model_card.h"
#include "tessera/session/references.h"

// What views and command lines may ask. Plain data in, plain data out; the handlers are in src/session/.
namespace tessera::session {

// The decoded picture.
struct OpenImage {
  using Result = Image;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  ImageRef image;
  std::string key() const;
};

// The loaded model's card.
struct OpenModel {
  using Result = model::ModelCard;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  std::string key() const;
};

// The picture as the network sees it.
struct NetworkView {
  using Result = image::Fitted;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  ImageRef image;
  image::Fit fit;
  std::string key() const;
};

// The verdict, with its warnings. A forward pass that captures the suggested layers as well, so that their activations
// are answered without another one.
struct Classify {
  using Result = model::Classification;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  std::string key() const;
};

// One layer's cube with what a view sorts and scales by.
struct LayerActivations {
  std::shared_ptr<const Cube> cube;
  std::vector<float> channel_mean;       // per channel, over positions
  std::vector<float> channel_deviation;  // per channel, standard deviation over positions
  std::vector<float> channel_maximum;    // −∞ where no value is finite
  float minimum = 0;                     // over the cube, finite values only
  float maximum = 0;
  std::vector<int> by_mean;              // channel indices by descending mean
  std::vector<int> by_deviation;         // by descending deviation: where a channel fires matters most
};
std::size_t memory_cost(const LayerActivations& value);
LayerActivations summarize(std::shared_ptr<const Cube> cube);

struct Activations {
  using Result = LayerActivations;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  std::string layer;
  std::string key() const;
};

}  // namespace tessera::session
