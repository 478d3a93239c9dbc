#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tessera/attribution/flows.h"
#include "tessera/attribution/method.h"
#include "tessera/attribution/sweeps.h"
#include "tessera/engine/query.h"
#include "tessera/session/groups.h"
#include "tessera/session/references.h"

// What may be asked about groups. Groups are found on the CPU lane, so that a slider stays live while the
// inference lane is busy, in values that the inference lane answers first; ask_groups.h asks for both in
// turn.
namespace tessera::session {

// The gradient of an objective at a layer: at the picture, or the mean along a path from the zero cube.
struct Gradient {
  using Result = attribution::LayerGradient;
  static constexpr engine::Lane lane = engine::Lane::inference;
  ModelRef model;
  ImageRef image;
  std::string layer;
  attribution::Objective objective;
  int steps = 20;  // 1 to 10 000; 0: at the picture
  attribution::GradientRules rules;
  std::string key() const;
};

// The groups of a layer. With `previous` of the same layer they keep its order, identities and hues, and a
// solution that starts from it is previewed; the answer itself always starts afresh, so that the same request
// finds the same groups whatever was shown before.
struct Groups {
  using Result = LayerGroups;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  GroupsRequest request;
  GroupInputs inputs;  // what the request says, as answered: not part of the key
  std::shared_ptr<const LayerGroups> previous;
  std::string view;  // who asks; of the queued queries of one view only the newest survives. Empty: all do
  std::string key() const;
  std::string tag() const { return view; }
};

// How well k groups do, for the request's objective; the solution is kept for a later `Groups`.
struct TryK {
  using Result = KTrial;
  static constexpr engine::Lane lane = engine::Lane::cpu;
  GroupsRequest request;  // k is the one tried
  GroupInputs inputs;     // not part of the key
  int seeds = 4;          // other starts to compare with, for the stability; 0: none
  std::string key() const;
};

// What groups and residual contribute to every class, along paths from the zero cube or at the picture. Holds
// all classes, so that another chosen class costs nothing.
struct AttributeGroups {
  using Result = GroupAttributions;
  static constexpr engine::Lane lane = engine::Lane::inference;
  std::shared_ptr<const LayerGroups> groups;
  int steps = 20;  // 0: linear, the article's
  attribution::GradientRules rules;
  std::string key() const;
};

// What goes from the groups of one layer to those of a later one (attribution/flows.h), the residuals being
// one more atom on either side, the last. One query for each pair of neighbouring columns.
struct GroupFlow {
  using Result = attribution::GroupFlows;
  static constexpr engine::Lane lane = engine::Lane::inference;
  std::shared_ptr<const LayerGroups> earlier;
  std::shared_ptr<const LayerGroups> later;
  std::optional<attribution::Objective> towards;  // nothing: class-free; no residual on the later side then
  int steps = 20;                                 // 0: linear
  attribution::GradientRules rules;
  std::string key() const;
};

// Non-negative groups of a chain of layers that fit each other, and the same layers independently, with how
// much the flow between them concentrates. From the last layer down.
struct CompatibleGroups {
  using Result = GroupChain;
  static constexpr engine::Lane lane = engine::Lane::inference;
  struct Member {
    std::string layer;
    int k = 6;
  };
  ModelRef model;
  ImageRef image;
  std::vector<Member> layers;  // two or more, earliest first
  int restarts = factorization::thorough_restarts;
  std::uint64_t seed = 0;
  bool clip_negative = false;
  int steps = 0;  // of the attribution from neurons to later groups that splits them; 0: linear
  attribution::GradientRules rules;
  // Groups shown before, one a layer or null, whose identities both kinds continue; or empty.
  std::vector<std::shared_ptr<const LayerGroups>> previous;
  std::string key() const;
};

}  // namespace tessera::session
