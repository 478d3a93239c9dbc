#pragma once

#include <string>

#include "tessera/engine/answer.h"
#include "ui/context.h"

namespace tessera::ui {

// What stands in for an answer that is not ready: its progress, or why it failed, centred in a rectangle.
// Written once, so that waiting and failing look the same everywhere. `what` names the thing waited for:
// "activations".
void draw_pending(Context& context, const Rect& where, const engine::Progress& progress,
                  const std::string& what);
// "about 40 s left", "about 3 min left"; `at_least`: "more than 40 s left". Empty where it is not known, and
// for ten seconds or less.
std::string time_left(const engine::Progress& progress, bool at_least = false);
void draw_failed(Context& context, const Rect& where, const Error& error);

// The value where there is one (a preview counts); else draws what stands in for it and returns nullptr.
template <class T>
std::shared_ptr<const T> value_or_status(Context& context, const engine::Answer<T>& answer, const Rect& where,
                                         const std::string& what) {
  if (answer.value) return answer.value;
  if (answer.failed())
    draw_failed(context, where, *answer.error);
  else
    draw_pending(context, where, answer.progress, what);
  return nullptr;
}

}  // namespace tessera::ui
