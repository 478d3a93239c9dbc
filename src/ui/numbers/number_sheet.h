#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ui/numbers/figure_numbers.h"
#include "ui/numbers/quiet_context.h"
#include "ui/scene.h"

namespace tessera::ui {

// What the collectors of a figure's numbers write on. Everything is asked in every frame; the sheet is the
// answer once nothing was missing.
class NumberSheet {
 public:
  NumberSheet(const AppState& state, engine::Engine& engine);

  const AppState& state() const { return state_; }
  engine::Engine& engine() { return engine_; }
  Context& context() { return quiet_.get(); }
  const Scene* scene() const { return scene_ ? &*scene_ : nullptr; }  // null while the model is not open

  // Null while it is missing or where it has failed; the sheet knows then that it is not finished.
  template <engine::Query Q>
  std::shared_ptr<const typename Q::Result> ask(const Q& query) {
    const auto answer = engine_.ask(query);
    note(answer.ready(), answer.error);
    return answer.ready() ? answer.value : nullptr;
  }
  // The same for what was asked elsewhere.
  void note(bool is_there, const std::shared_ptr<const Error>& error);

  // A layer's cube, which becomes "act/LAYER".
  std::shared_ptr<const session::LayerActivations> layer(const std::string& name);

  void array(const std::string& name, std::vector<std::size_t> shape, std::vector<float> values);
  void cube(const std::string& name, const Cube& cube);
  void constant(const std::string& name, PythonValue value, const std::string& comment = {});
  void part(const std::string& name) { numbers_.parts.push_back(name); }
  void remark(const std::string& sentence) { numbers_.remarks.push_back(sentence); }
  void sentence(const std::string& sentence) { numbers_.sentence = sentence; }

  AskedNumbers take();

 private:
  AppState state_;
  engine::Engine& engine_;
  QuietContext quiet_;
  std::optional<Scene> scene_;
  FigureNumbers numbers_;
  bool missing_ = false;
  std::string failure_;
};

}  // namespace tessera::ui
