#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/fonts.h"
#include "render/textures.h"
#include "tessera/engine/engine.h"
#include "ui/certainty.h"
#include "ui/drawn.h"
#include "ui/marks.h"
#include "ui/shared_scales.h"
#include "ui/state/action.h"
#include "ui/theme.h"

namespace tessera::ui {

// What of a view is drawn: all of it on screen; in a file nothing that can only be clicked.
struct Shown {
  bool controls = true;
  bool legend = true;  // colour bars and what else explains marks
  bool kept = false;   // the view that is kept beside the present one: can be pointed at, but not set
  bool controls_beside = false;  // the view beside it has controls: this one leaves the same room
};

// What a view draws with, for one frame.
struct Context {
  engine::Engine& engine;
  render::Textures& textures;
  const render::Fonts& fonts;
  const Theme& theme;
  Marks& marks;
  Actions& actions;
  Hovered& hover;   // filled in by what is drawn
  float scale = 1;  // screen pixels for one unscaled pixel
  Shown shown = {};
  std::vector<std::string>* failures = nullptr;  // where set: told of what is drawn as failed
  SharedScales* scales = nullptr;                // where set: of this view and of another beside it
  const AppState* beside = nullptr;              // what that one shows
  Drawn* drawn = nullptr;                        // where set: told of every text and control
  ProvisionalNote* provisional = nullptr;        // where set: told of what is drawn as provisional
  std::optional<Rect> hovered_at = {};  // of what `hover` names: what floats beside it leaves it free

  float px(float unscaled) const { return unscaled * scale; }
  // The greatest magnitude of all views that share a scale; `what` names the quantity, the same in all.
  float agreed(const std::string& what, float reach) const {
    return scales ? scales->agree(what, reach, half()) : reach;
  }
  // The greatest room that views beside each other need for something that comes before the rest of them.
  float agreed_room(const std::string& what, float room) const {
    return scales ? scales->room(what, room, half()) : room;
  }
  // Whether something is to be drawn as provisional; tells whoever wants to know that it is.
  bool draws_provisional(const Certainty& certainty) const {
    if (!certainty.provisional) return false;
    if (provisional) provisional->add(certainty);
    return true;
  }
  void on_own_scale() const {
    if (scales) scales->on_own_scale(half());
  }
  Half half() const { return shown.kept ? Half::kept : Half::now; }
  void emit(Action action);
};

// A view is a function of the state; it asks the engine, draws, and emits actions.
using View = void (*)(const AppState& state, Context& context, const Rect& where);

}  // namespace tessera::ui
