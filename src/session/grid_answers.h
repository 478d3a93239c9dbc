#pragma once

#include <list>
#include <memory>
#include <string>
#include <vector>

#include "session/icon_files.h"
#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "tessera/engine/engine.h"
#include "tessera/featurevis/activation_grid.h"

namespace tessera::session {

// Answers RenderGrid.
class GridAnswers {
 public:
  // All must outlive this.
  GridAnswers(ModelShelf& models, ImageShelf& images, IconFiles& files)
      : models_(models), images_(images), files_(files) {}

  // Registers the handler, which refers to this from then on.
  void serve(engine::Engine& engine);

 private:
  // A grid on its way.
  struct Work {
    std::string key;    // of its query
    std::string model;  // of the reference
    std::shared_ptr<model::Model> network;
    GridPicture so_far;  // all but the picture
    std::unique_ptr<featurevis::ActivationGrid> grid;
  };

  void render(const engine::Member<RenderGrid>& member);
  Work begin(const RenderGrid& query, engine::Job& job, std::shared_ptr<model::Model> network);
  void shelve(Work work);

  ModelShelf& models_;
  ImageShelf& images_;
  IconFiles& files_;
  std::list<Work> shelf_;  // newest first; on the inference lane only
};

}  // namespace tessera::session
