#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/attribution/objective.h"
#include "tessera/session/queries.h"
#include "ui/context.h"

namespace tessera::ui {

// What every view begins with: the model's card, the picture as the network sees it, its verdict, and what
// the selection means for this model. Answers that are on their way are null.
struct Scene {
  session::ModelRef model;
  session::ImageRef image;
  std::shared_ptr<const model::ModelCard> card;  // never null
  std::shared_ptr<const model::Classification> verdict;
  std::shared_ptr<const image::Fitted> seen;
  const model::LayerInfo* layer = nullptr;      // that views of one layer show
  std::vector<const model::LayerInfo*> layers;  // that views of several layers show, in the model's order
  std::optional<ObjectiveChoice> objective;     // nothing until there is a verdict or a choice

  std::string label(int class_index) const;  // "class 17" where the model has no labels
  // Height of the picture for a width.
  float aspect() const;
};

// Nothing while the model is not open. Asks for what is missing.
std::optional<Scene> scene_of(const AppState& state, engine::Engine& engine);

std::vector<const model::LayerInfo*> shown_layers(const Selection& selection, const model::ModelCard& card);
std::vector<std::string> names_of(const std::vector<const model::LayerInfo*>& layers);

attribution::Objective objective_of(const ObjectiveChoice& choice);
// "tabby", "tabby rather than Egyptian cat".
std::string text_of(const Scene& scene, const ObjectiveChoice& choice);
// The names of classes in it, in its order.
std::vector<std::string> labels_of(const Scene& scene, const ObjectiveChoice& choice);

// What a layer did with the picture; null while it is on its way.
std::shared_ptr<const session::LayerActivations> activations_of(
    const Scene& scene, engine::Engine& engine, const std::string& layer,
    engine::Visibility visibility = engine::Visibility::visible);

}  // namespace tessera::ui
