#pragma once

#include <optional>
#include <string>
#include <utility>

#include "ui/numbers/figure_numbers.h"

namespace tessera::ui {

// A figure's numbers, asked for frame after frame until they are there or will never be.
class NumbersInFrames {
 public:
  // Once within each frame of the engine; nothing more is asked once there is an end.
  void ask(const AppState& state, engine::Engine& engine);

  bool complete() const { return numbers_.has_value(); }
  const std::string& failure() const { return failure_; }  // empty: none so far
  // Whether the engine has something to do for them: it tells of news. Else the next frame asks further.
  bool waiting() const { return waiting_; }
  FigureNumbers take() { return *std::exchange(numbers_, std::nullopt); }

 private:
  std::optional<FigureNumbers> numbers_;
  std::string failure_;
  bool waiting_ = false;
  int idle_frames_ = 0;
};

}  // namespace tessera::ui
