#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tessera/attribution/all_classes.h"
#include "tessera/attribution/layer_to_layer.h"
#include "tessera/attribution/method.h"
#include "tessera/model/model_card.h"

namespace tessera::app {

enum class By { neuron, position, channel };

// What `tessera attribute` knows when it has its answer. One of the three is there.
struct AttributionReport {
  std::string image;
  std::shared_ptr<const model::ModelCard> card;
  std::string layer;
  std::string to;                     // "Egyptian cat (285) - tabby (281)", "all", "blocks.15"
  std::vector<std::string> readings;  // what a class was taken for, where its name may be two things
  By by = By::position;
  int steps = 0;  // midpoints; 0: none
  attribution::Baseline baseline = attribution::Baseline::zero;
  attribution::GradientRules rules;

  std::shared_ptr<const attribution::Attribution> attribution;
  std::shared_ptr<const attribution::AllClasses> all_classes;
  std::shared_ptr<const attribution::LayerToLayer> layer_to_layer;

  const attribution::MethodNote& note() const;
  std::vector<std::string> remarks() const;  // the readings, then those of the note
};

// Atoms as `by` says.
attribution::Atoms atoms_of(By by);
std::string to_text(By by);

// An array as NumPy has it.
struct ReportArray {
  std::vector<std::size_t> shape;  // as documented in docs/attribution.md
  std::vector<float> values;
};
// Ablated neurons stand in a cube of NaN: nothing is known of the others.
ReportArray to_array(const AttributionReport& report);

std::string to_text(const AttributionReport& report);  // tables for a person
std::string to_json(const AttributionReport& report);

}  // namespace tessera::app
