#pragma once

#include <filesystem>

#include "session/check_store.h"
#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "tessera/engine/engine.h"

namespace tessera::session {

// Answers the queries of check_queries.h. The shelves must outlive the engine's jobs.
class CheckAnswers {
 public:
  CheckAnswers(ModelShelf& models, ImageShelf& images, std::filesystem::path folder)
      : models_(models), images_(images), store_(std::move(folder)) {}

  // The engine's jobs refer to this from then on.
  void serve(engine::Engine& engine);

 private:
  void answer(const engine::Member<CheckModel>& member);

  ModelShelf& models_;
  ImageShelf& images_;
  const CheckStore store_;
};

}  // namespace tessera::session
