#pragma once

#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "session/icon_files.h"
#include "session/icon_work.h"
#include "session/model_shelf.h"
#include "tessera/engine/engine.h"

namespace tessera::session {

// Answers the queries of icon_queries.h.
class IconAnswers {
 public:
  // Both must outlive this.
  IconAnswers(ModelShelf& models, IconFiles& files) : models_(models), files_(files) {}

  // Registers the handlers, which refer to this from then on.
  void serve(engine::Engine& engine);

 private:
  using Members = std::vector<engine::Member<RenderIcon>>;
  struct Shelved {
    std::string model;  // the reference's key
    std::unique_ptr<IconWork> work;
  };

  void render(const Members& members);
  std::unique_ptr<IconWork> take_up(const RenderIcon& wanted);
  std::unique_ptr<IconWork> begin(const Members& members, const std::shared_ptr<model::Model>& model);
  void go_on(IconWork& work, const Members& members, const RenderIcon& wanted);
  const std::vector<float>& natural(const RenderIcon& wanted, model::Model& model);

  ModelShelf& models_;
  IconFiles& files_;
  // On the inference lane only.
  std::list<Shelved> shelf_;  // what can be gone on with, newest first
  std::map<std::pair<std::string, std::string>, std::vector<float>> natural_;  // by model and layer
};

}  // namespace tessera::session
