#pragma once

#include <string>
#include <variant>
#include <vector>

namespace tessera::featurevis {

// What an icon is optimised for (design: Numbers, Objectives). Indices and directions are those of the layer
// of an IconSubject. Where that layer is the output of a ReLU or ReLU6, the values before it are read.

// The mean over positions of a channel.
struct Channel {
  int channel = 0;
  bool operator==(const Channel&) const = default;
};

// A channel's value at the centre, (H/2, W/2).
struct CentreNeuron {
  int channel = 0;
  bool operator==(const CentreNeuron&) const = default;
};

// The mean over positions of ⟨a, v⟩ · max(0.1, cos(a, v))^p: a channel mixture, a group, a component or the
// whole activation vector of a position.
struct Direction {
  std::vector<float> direction;  // v: C values, finite, not all zero
  float cosine_power = 0;        // p >= 0
  bool operator==(const Direction&) const = default;
};

// The logit of a class. IconSubject::layer is not looked at.
struct ClassLogit {
  int index = 0;
  bool operator==(const ClassLogit&) const = default;
};

// The direction objective at every position, each with the vector that a picture's own cube has there.
struct Caricature {
  int height = 0;
  int width = 0;
  std::vector<float> values;  // H·W·C, row-major
  float cosine_power = 4;
  bool operator==(const Caricature&) const = default;
};

using IconObjective = std::variant<Channel, CentreNeuron, Direction, ClassLogit, Caricature>;

// What an icon shows.
struct IconSubject {
  std::string layer;
  IconObjective objective;
  bool negative = false;  // what makes the objective small
  bool operator==(const IconSubject&) const = default;
};

}  // namespace tessera::featurevis
