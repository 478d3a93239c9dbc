#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tessera/base/npz.h"
#include "tessera/engine/engine.h"
#include "ui/numbers/python_value.h"
#include "ui/state/app_state.h"

namespace tessera::ui {

struct PythonConstant {
  std::string name;
  PythonValue value;
  std::string comment;  // behind it; empty: none
};

// What a view shows as plain arrays, and how PyTorch can compute it again.
struct FigureNumbers {
  std::string sentence;  // what they are, with a full stop
  // By name. "input" is what the network was given and "act/LAYER" what a layer did with it, H x W x C;
  // "logits" has one value for each class. The rest is the figure's own.
  npz::Arrays arrays;
  std::vector<PythonConstant> constants;
  std::vector<std::string> parts;    // of the script, in order: what assets/python has, without ".py"
  std::vector<std::string> remarks;  // sentences: what of the view the script does not compute again
};

struct AskedNumbers {
  std::optional<FigureNumbers> numbers;  // nothing: on their way
  std::string failure;                   // why they will never be there, in a sentence; else empty
};

// The numbers of the view that a state shows, as a file has it: what is hovered does not count. Asks for what
// is missing; call it within a frame of the engine until there is an answer.
AskedNumbers ask_numbers(const AppState& state, engine::Engine& engine);

}  // namespace tessera::ui
