#include "ui/scene.h"

#include <algorithm>

namespace tessera::ui {
namespace {

constexpr std::size_t most_suggested = 4;

std::vector<const model::LayerInfo*> suggested(const model::ModelCard& card) {
  std::vector<const model::LayerInfo*> found;
  for (const model::LayerInfo& layer : card.layers)
    if (layer.suggested) found.push_back(&layer);
  // Of many, the later ones: attribution says more there.
  if (found.size() > most_suggested) found.erase(found.begin(), found.end() - most_suggested);
  return found;
}

}  // namespace

std::string Scene::label(int class_index) const {
  const auto& labels = card->labels;
  if (class_index >= 0 && std::size_t(class_index) < labels.size()) return labels[std::size_t(class_index)];
  if (verdict)
    for (const model::ClassScore& score : verdict->classes)
      if (score.index == class_index) return score.label;
  return "class " + std::to_string(class_index);
}

float Scene::aspect() const {
  const image::Fit& fit = card->preprocessing.fit;
  return fit.width > 0 ? float(fit.height) / float(fit.width) : 1.0f;
}

std::vector<const model::LayerInfo*> shown_layers(const Selection& selection, const model::ModelCard& card) {
  std::vector<const model::LayerInfo*> shown;
  for (const model::LayerInfo& layer : card.layers)
    if (std::find(selection.layers.begin(), selection.layers.end(), layer.name) != selection.layers.end())
      shown.push_back(&layer);
  if (shown.empty()) shown = suggested(card);
  if (shown.empty())
    if (const model::LayerInfo* chosen = card.find_layer(selection.layer)) shown.push_back(chosen);
  return shown;
}

std::vector<std::string> names_of(const std::vector<const model::LayerInfo*>& layers) {
  std::vector<std::string> names;
  for (const model::LayerInfo* layer : layers) names.push_back(layer->name);
  return names;
}

std::optional<Scene> scene_of(const AppState& state, engine::Engine& engine) {
  if (!state.model || !state.image) return std::nullopt;
  Scene scene{*state.model,
              *state.image,
              engine.ask(session::OpenModel{*state.model}).value,
              nullptr,
              nullptr,
              nullptr,
              {},
              {}};
  if (!scene.card) return std::nullopt;
  scene.seen = engine.ask(session::NetworkView{*state.image, scene.card->preprocessing.fit}).value;
  scene.verdict =
      engine.ask(session::Classify{*state.model, *state.image}, engine::Visibility::focused).value;
  scene.layer = scene.card->find_layer(state.selection.layer);
  scene.layers = shown_layers(state.selection, *scene.card);
  scene.objective = state.selection.objective;
  if (!scene.objective && scene.verdict && !scene.verdict->classes.empty())
    scene.objective = ObjectiveChoice{scene.verdict->classes.front().index, std::nullopt};
  return scene;
}

attribution::Objective objective_of(const ObjectiveChoice& choice) {
  if (choice.minus) return attribution::LogitDifference{choice.plus, *choice.minus};
  return attribution::ClassLogit{choice.plus};
}

std::vector<std::string> labels_of(const Scene& scene, const ObjectiveChoice& choice) {
  std::vector<std::string> labels{scene.label(choice.plus)};
  if (choice.minus) labels.push_back(scene.label(*choice.minus));
  return labels;
}

std::string text_of(const Scene& scene, const ObjectiveChoice& choice) {
  const std::string plus = scene.label(choice.plus);
  return choice.minus ? plus + " rather than " + scene.label(*choice.minus) : plus;
}

std::shared_ptr<const session::LayerActivations> activations_of(const Scene& scene, engine::Engine& engine,
                                                                const std::string& layer,
                                                                engine::Visibility visibility) {
  return engine.ask(session::Activations{scene.model, scene.image, layer}, visibility).value;
}

}  // namespace tessera::ui
