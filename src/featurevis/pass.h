#pragma once

#include <optional>
#include <vector>

#include "featurevis/background.h"
#include "featurevis/kernels/kernels.h"
#include "featurevis/network_input.h"
#include "featurevis/objective_value.h"
#include "featurevis/spectrum.h"
#include "featurevis/target.h"
#include "tessera/featurevis/recipe.h"

namespace tessera::featurevis {

// What one icon takes with it from its numbers to the layer and back. Each thread has its own.
struct Room {
  std::vector<float> straight;  // the picture: red, green, blue, opacity, in planes
  at::Tensor values;            // of the layer, [1,H,W,C]
  at::Tensor gradient;          // of the loss, by `values`
  std::vector<float> numbers;   // the same by the icon's numbers

  std::vector<float> planes, canvas, seen, background;
  std::vector<float> canvas_gradient, seen_gradient;
  kernels::Affine map;
  at::Tensor output;
  Trace trace;
  float objective = 0;
  float peak = 0;  // largest value of the subject at one position
  int step = 0;
};

// The way from an icon's numbers to its layer, and its gradient. May be used by several threads at a time.
class Pass {
 public:
  // Throws Error for an unknown layer and for a network that runs neither at the icon's size nor at its own.
  Pass(model::Model::Impl& model, const std::string& layer, bool logits, Style style, int size,
       at::ScalarType type);

  const Spectrum& spectrum() const { return spectrum_; }
  int width() const { return width_; }  // of the network's input
  int height() const { return height_; }

  // The picture alone.
  void develop(const std::vector<float>& numbers, Room& room) const;
  // Until the layer's values, by way of a random transform. `step`: updates so far.
  void see(const std::vector<float>& numbers, int step, Random& random, Room& room) const;
  // The objective, and the loss's gradient by the layer's values. Throws Error where it is not finite.
  float value(const IconSubject& subject, Room& room) const;
  // From there back to the numbers.
  void pull_back(Room& room) const;

  // Bytes that one icon takes at most.
  std::size_t memory() const { return memory_; }

 private:
  bool runs_at(int width, int height, std::string& why);
  float mean_opacity(const Room& room) const;

  c10::Device device_;
  std::string layer_;
  Style style_;
  int size_;
  Target target_;
  Spectrum spectrum_;
  NetworkInput network_input_;
  int width_ = 0;
  int height_ = 0;
  std::size_t memory_ = 0;
  std::optional<Background> background_;
};

}  // namespace tessera::featurevis
