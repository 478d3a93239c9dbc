#pragma once

#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "session/recent.h"
#include "tessera/attribution/flows.h"
#include "tessera/engine/engine.h"
#include "tessera/session/group_queries.h"

namespace tessera::session {

// Answers the queries of group_queries.h.
class GroupAnswers {
 public:
  // Both must outlive this.
  GroupAnswers(ModelShelf& models, ImageShelf& images) : models_(models), images_(images) {}

  // Registers the handlers, which refer to this from then on.
  void serve(engine::Engine& engine);

 private:
  // On the CPU lane.
  std::shared_ptr<const LayerGroups> answer(const Groups& query, engine::Job& job);
  std::shared_ptr<const KTrial> answer(const TryK& query, engine::Job& job);
  // On the inference lane.
  std::shared_ptr<const attribution::LayerGradient> answer(const Gradient& query, engine::Job& job);
  std::shared_ptr<const GroupAttributions> answer(const AttributeGroups& query, engine::Job& job);
  std::shared_ptr<const attribution::GroupFlows> answer(const GroupFlow& query, engine::Job& job);
  std::shared_ptr<const GroupChain> answer(const CompatibleGroups& query, engine::Job& job);

  ModelShelf& models_;  // inference lane only
  ImageShelf& images_;  // both lanes
  // Solutions that trying several k has found, until somebody wants to see one. CPU lane only.
  Recent<factorization::Factorization> solutions_{std::size_t(64) << 20};
  // Where groups go in the next layer, whatever class they then speak for. Inference lane only.
  Recent<attribution::PushedGroups> pushed_{std::size_t(128) << 20};
};

}  // namespace tessera::session
