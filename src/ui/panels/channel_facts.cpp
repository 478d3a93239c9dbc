#include "ui/panels/channel_facts.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/attributions.h"
#include "ui/panels/channel_portrait.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/signed_bar.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

Position strongest_position(const Cube& cube, int channel) {
  Position found;
  float maximum = -INFINITY;
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x)
      if (cube.at(y, x, channel) > maximum) {
        maximum = cube.at(y, x, channel);
        found = {y, x};
      }
  return found;
}

void large_icon(Context& context, const Scene& scene, const ChannelRef& channel) {
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float side = std::min(width, context.px(portrait_side));
  const Rect where{at, {at.x + side, at.y + side}};
  draw_icon(scene, context, channel, where, engine::Visibility::focused);
  context.marks.add("inspector/icon", where);
  ImGui::Dummy({width, side + context.px(2)});
}

void activation_facts(const AppState& state, Context& context, const Scene& scene,
                      const ChannelRef& channel) {
  const auto activations = activations_of(scene, context.engine, channel.layer, engine::Visibility::focused);
  if (!activations || channel.channel >= activations->cube->channels) return;
  const Cube& cube = *activations->cube;
  const std::size_t index = std::size_t(channel.channel);
  if (const auto& place = state.selection.place()) {
    const Position cell = cell_of(*place, cube.height, cube.width);
    fact(context, "Activation there", number(cube.at(cell.y, cell.x, channel.channel)));
  }
  const Position strongest = strongest_position(cube, channel.channel);
  fact(context, "Greatest activation", number(activations->channel_maximum[index]));
  fact(context, "at", "row " + std::to_string(strongest.y) + ", column " + std::to_string(strongest.x));
  const auto rank = std::ranges::find(activations->by_mean, channel.channel) - activations->by_mean.begin();
  fact(context, "Mean",
       number(activations->channel_mean[index]) + ", " + std::to_string(rank + 1) + " of " +
           std::to_string(cube.channels));
}

void attribution_facts(const AppState& state, Context& context, const Scene& scene,
                       const ChannelRef& channel) {
  if (!scene.objective) return;
  const LayerAttribution found =
      attribution_of(state, context.engine, scene, channel.layer, objective_of(*scene.objective));
  std::string value = "…";
  if (found.value && found.value->values) {
    double sum = 0;
    const Cube& values = *found.value->values;
    for (std::size_t i = std::size_t(channel.channel); i < values.values.size();
         i += std::size_t(values.channels))
      sum += values.values[i];
    value = signed_number(sum, found.certainty());
  }
  fact(context, "To " + text_of(scene, *scene.objective), value,
       found.value ? found.certainty() : Certainty{});
}

void map_legend(const AppState& state, Context& context, const Scene& scene) {
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy({1, context.px(4)});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = overlay_legend(context, overlay_of_selection(state, context, scene), at, width);
  ImGui::Dummy({width, height});
  AttributionOptions options = state.attribution;
  options.map =
      ChannelMap(choice(context, "inspector/map", {"Activation", "Contribution"}, int(options.map)));
  if (options != state.attribution) context.emit(action::SetAttribution{options});
}

}  // namespace

void brief_channel_facts(const AppState& state, Context& context, const Scene& scene,
                         const ChannelRef& channel) {
  const auto activations = activations_of(scene, context.engine, channel.layer, engine::Visibility::focused);
  if (activations && channel.channel < activations->cube->channels) {
    const Cube& cube = *activations->cube;
    const auto& place = state.selection.place();
    const Position cell =
        place ? cell_of(*place, cube.height, cube.width) : strongest_position(cube, channel.channel);
    fact(context, place ? "Activation there" : "Greatest activation",
         number(cube.at(cell.y, cell.x, channel.channel)));
  }
  attribution_facts(state, context, scene, channel);
  fact(context, "Icon", quality_text(scene, context, channel));
}

void channel_facts(const AppState& state, Context& context, const Scene& scene, const ChannelRef& channel) {
  const bool pinned = state.selection.pinned.channel == channel;
  section_title(context, "Channel " + std::to_string(channel.channel),
                pinned ? channel.layer + ", pinned" : channel.layer);
  large_icon(context, scene, channel);
  activation_facts(state, context, scene, channel);
  attribution_facts(state, context, scene, channel);
  fact(context, "Icon", quality_text(scene, context, channel));
  map_legend(state, context, scene);
  if (pinned) channel_portrait(state, context, scene, channel);
}

}  // namespace tessera::ui
