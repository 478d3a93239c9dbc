#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tessera/attribution/all_classes.h"
#include "tessera/engine/query.h"

namespace tessera::session {

// Attribution from positions to all classes reduced to a few factors (design: Numbers, Saliency hues): NMF of
// the positive part of the last layer's positions x classes, over all classes; every other layer on those
// fixed factors, position by position, by non-negative least squares over the classes with the largest
// logits.
struct SaliencyLayer {
  std::string layer;
  std::size_t positions = 0;
  std::vector<float> maps;  // positions x factors, row by row, >= 0, in logits
  float missed = 0;  // ‖positive part − maps·factors‖ / ‖positive part‖; 0 where that is zero
};

struct SaliencyFactors {
  int factors = 0;
  std::vector<int> classes;    // all of them, by descending logit
  int projected_on = 0;        // how many of those, from the front, the layers before the last were fitted to
  std::vector<float> weights;  // factors x classes, >= 0, each factor of length 1
  std::vector<SaliencyLayer> layers;
};
std::size_t memory_cost(const SaliencyFactors& value);

// Needs no network: works on sweeps that are finished.
struct SaliencyHues {
  using Result = SaliencyFactors;
  static constexpr engine::Lane lane = engine::Lane::cpu;

  struct Source {
    std::string layer;
    std::string key;  // of the query that answered the following
    // Of AllPositions: to all classes for the last source. Another that is to some classes only is fitted to
    // the first of those, which should be the likeliest.
    std::shared_ptr<const attribution::AllClasses> effects;
  };
  std::vector<Source> sources;  // the last one is factorized
  int factors = 3;              // 1 to 8
  int classes = 50;             // with the largest logits, that the other layers are fitted to; at least 1

  std::string key() const;
};

// Throws Error for no sources, empty ones, classes that are missing, and numbers out of range.
SaliencyFactors saliency_hues(const SaliencyHues& query);

}  // namespace tessera::session
