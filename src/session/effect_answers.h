#pragma once

#include "session/image_shelf.h"
#include "session/model_shelf.h"
#include "tessera/engine/engine.h"

namespace tessera::session {

// Answers the queries of effect_queries.h, on the inference lane. The shelves must outlive the engine's jobs.
void serve_effects(engine::Engine& engine, ModelShelf& models, ImageShelf& images);

}  // namespace tessera::session
