#include "ui/numbers/numbers_in_frames.h"

namespace tessera::ui {
namespace {

// An answer leads to further questions a few times; after that nothing more will come.
constexpr int most_idle_frames = 16;

}  // namespace

void NumbersInFrames::ask(const AppState& state, engine::Engine& engine) {
  if (complete() || !failure_.empty()) return;
  const std::size_t before = engine.pending_in_frame();
  AskedNumbers asked = ask_numbers(state, engine);
  waiting_ = engine.pending_in_frame() > before;
  numbers_ = std::move(asked.numbers);
  failure_ = asked.failure;
  idle_frames_ = waiting_ ? 0 : idle_frames_ + 1;
  if (!complete() && failure_.empty() && idle_frames_ > most_idle_frames)
    failure_ = "this view has no numbers: it shows nothing that can be computed";
}

}  // namespace tessera::ui
