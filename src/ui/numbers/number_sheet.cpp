#include "ui/numbers/number_sheet.h"

namespace tessera::ui {

NumberSheet::NumberSheet(const AppState& state, engine::Engine& engine)
    : state_(state), engine_(engine), quiet_(engine) {
  state_.selection = settled(state_.selection);
  scene_ = scene_of(state_, engine_);
}

void NumberSheet::note(bool is_there, const std::shared_ptr<const Error>& error) {
  if (!is_there) missing_ = true;
  if (error && failure_.empty()) failure_ = error->what();
}

std::shared_ptr<const session::LayerActivations> NumberSheet::layer(const std::string& name) {
  auto activations = ask(session::Activations{*state_.model, *state_.image, name});
  if (activations) cube("act/" + name, *activations->cube);
  return activations;
}

void NumberSheet::array(const std::string& name, std::vector<std::size_t> shape, std::vector<float> values) {
  numbers_.arrays[name] = npy::Array{std::move(shape), std::move(values)};
}

void NumberSheet::cube(const std::string& name, const Cube& cube) {
  array(name, {std::size_t(cube.height), std::size_t(cube.width), std::size_t(cube.channels)}, cube.values);
}

void NumberSheet::constant(const std::string& name, PythonValue value, const std::string& comment) {
  numbers_.constants.push_back({name, std::move(value), comment});
}

AskedNumbers NumberSheet::take() {
  if (!failure_.empty()) return {std::nullopt, failure_};
  if (missing_) return {};
  return {std::move(numbers_), {}};
}

}  // namespace tessera::ui
