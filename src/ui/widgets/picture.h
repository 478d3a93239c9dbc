#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ui/certainty.h"
#include "ui/scene.h"
#include "ui/widgets/shortened.h"

namespace tessera::ui {

// What lies over the picture: one channel of a cube, as a veil (activations), in the diverging pair, or, what
// is provisional, in hatched greys.
struct Overlay2D {
  std::shared_ptr<const Cube> cube;
  int channel = 0;
  render::ColorScale scale;
  TextWithNames label;  // what it shows, for beneath the colour bar
  Certainty certainty = {};
};

// The picture as the network sees it, alone. An empty tile until it is there.
void draw_seen(const Scene& scene, Context& context, const Rect& where);

// The picture with what lies over it and the selected place; hover and click select places in `layer`'s
// grid. Marked under `name`. `overlay` may be nothing.
void picture(const AppState& state, Context& context, const Scene& scene, const std::string& name,
             const model::LayerInfo* layer, const std::optional<Overlay2D>& overlay, const Rect& where);

// What hovered or pinned things show on the picture: a channel's map, where a group is active.
std::optional<Overlay2D> overlay_of_selection(const AppState& state, Context& context, const Scene& scene);

// A legend of an overlay: a colour bar with numbers (for a veil, of the page and the picture). Returns its
// height, the same for all overlays.
float overlay_legend(Context& context, const std::optional<Overlay2D>& overlay, ImVec2 at, float width);

}  // namespace tessera::ui
