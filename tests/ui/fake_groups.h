#pragma once

#include <string>

#include "tessera/engine/engine.h"
#include "tessera/session/group_queries.h"
#include "ui/fake_gate.h"

namespace tessera::test {

// Answers what views ask about groups: real factorizations of the fake cubes, and gradients that are known: a
// class k gets from a neuron its activation × (k + 1), from channels of odd index with a minus sign, as in
// FakeAttributions; the linear method says half of it, of the same value. From group j of a layer
// to group i of a later one flows ±(i + 1)(j + 1), minus where i + j is odd, and towards a class the bias
// brings 0.5 to each; compatible groups are those that each layer has on its own.
class FakeGroups {
 public:
  explicit FakeGroups(FakeGate& gate) : gate_(gate) {}
  void serve(engine::Engine& engine);

  // "groups mid 6", "gradient path mid", "effects linear mid", "flows path low mid", "free flows linear low
  // mid", "chain low mid high".
  bool has_asked(const std::string& question) const { return gate_.has_passed(question); }

 private:
  FakeGate& gate_;
};

}  // namespace tessera::test
