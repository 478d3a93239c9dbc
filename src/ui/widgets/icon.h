#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tessera/session/icon_queries.h"
#include "ui/scene.h"

namespace tessera::ui {

// Which icon of a layer.
struct IconOf {
  std::string layer;
  featurevis::IconObjective objective;
  bool negative = false;
  int diversity = 1;  // of so many that are made to differ …
  int variation = 0;  // … this one
};

IconOf icon_of(const ChannelRef& channel);

// What is known of an icon. Asks for it.
engine::Answer<featurevis::Icon> icon_answer(const Scene& scene, Context& context, const IconOf& which,
                                             engine::Visibility visibility);

// A channel's icon in a square: from the layer's sheet where a pack has it, else by itself. Until there is
// one, the picture where the channel fires stands in for it, on its own scale: recognisably not an icon, and
// of the same size. Icons that failed carry a mark. `strength` in [0, 1] fades what is not in question.
void draw_icon(const Scene& scene, Context& context, const ChannelRef& channel, const Rect& where,
               engine::Visibility visibility = engine::Visibility::visible, float strength = 1);

// Any other icon in a square; until there is one, a quiet empty tile.
void draw_icon(const Scene& scene, Context& context, const IconOf& which, const Rect& where,
               engine::Visibility visibility = engine::Visibility::visible, float strength = 1);

// The outline of an icon that is hovered or pinned, if it is, and the dot of one that is picked.
void mark_channel(const Selection& selection, Context& context, const ChannelRef& channel, const Rect& where);

// A click on a channel: pins it, with Ctrl picks it.
void click_channel(Context& context, const ChannelRef& channel);

// One line about how good an icon is: "reached 12.3, 1.4 × natural" (pictures), "preview, step 64",
// "failed: grey".
std::string quality_text(const featurevis::IconQuality& quality);
std::string quality_text(const Scene& scene, Context& context, const ChannelRef& channel);

}  // namespace tessera::ui
