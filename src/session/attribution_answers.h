#pragma once

#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "tessera/engine/engine.h"

namespace tessera::session {

// Answers the queries of attribution_queries.h, on the inference lane.
class AttributionAnswers {
 public:
  // Both must outlive this.
  AttributionAnswers(ModelShelf& models, ImageShelf& images) : models_(models), images_(images) {}

  // Registers the handlers, which refer to this from then on.
  void serve(engine::Engine& engine);

 private:
  ModelShelf& models_;
  ImageShelf& images_;
};

}  // namespace tessera::session
