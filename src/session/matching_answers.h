#pragma once

#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "tessera/engine/engine.h"

namespace tessera::session {

// Answers the queries of matching_queries.h, on the inference lane. The shelves must outlive the engine's
// jobs.
void serve_matching(engine::Engine& engine, ModelShelf& models, ImageShelf& images);

}  // namespace tessera::session
