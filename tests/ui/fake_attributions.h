#pragma once

#include <string>
#include <vector>

#include "tessera/engine/engine.h"
#include "tessera/session/attribution_queries.h"
#include "tessera/session/icon_queries.h"
#include "ui/fake_gate.h"

namespace tessera::test {

// Answers what views ask about attributions and icons, with values that can be told by heart:
//   a class k gets from a neuron its activation × (k + 1), from channels of odd index with a minus sign; the
//   linear method says half of it. The biases are 0.25, and the network's values what the path's come to;
//   an earlier channel feeds a channel with its activation, the second (index 1) with ten times as much;
//   a channel feeds a later one of index i with i;
//   between positions of two layers, 1 where the share of rows and columns is the same, else 0;
//   without anything, classes 0 and 2 fall by 1 and 0.5; every channel is fed by channels 4 and 1 of "low";
//   channel i of a layer goes with the i-th last of another network's, the first pairs best;
//   icons are 8 × 8 pixels; that of channel 5 has failed. The last layer has a sheet, which lacks channel 39.
class FakeAttributions {
 public:
  explicit FakeAttributions(FakeGate& gate) : gate_(gate) {}
  void serve(engine::Engine& engine);

  // Questions that have been worked on, in order: "attribute path mid", "all classes linear mid channels",
  // "pairs mid high", "trust mid", "icon mid 7", "match mid".
  std::vector<std::string> asked() const { return gate_.passed(); }
  bool has_asked(const std::string& question) const { return gate_.has_passed(question); }

 private:
  FakeGate& gate_;
};

}  // namespace tessera::test
