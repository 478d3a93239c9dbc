#include "ui/panels/channel_facts.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/views/contact_sheet.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

struct ChannelValues {
  float maximum = 0;
  Position strongest;
  std::size_t active = 0;  // positions above zero
};

ChannelValues values_of(const Cube& cube, int channel) {
  ChannelValues found;
  found.maximum = -INFINITY;
  for (int y = 0; y < cube.height; ++y)
    for (int x = 0; x < cube.width; ++x) {
      const float value = cube.at(y, x, channel);
      if (value > 0) ++found.active;
      if (value > found.maximum) {
        found.maximum = value;
        found.strongest = {y, x};
      }
    }
  return found;
}

}  // namespace

void channel_facts(const AppState& state, Context& context, const session::LayerActivations& activations,
                   int channel) {
  const Cube& cube = *activations.cube;
  const bool pinned = state.selection.pinned_channel == channel &&
                      state.selection.hovered_channel.value_or(channel) == channel;
  section_title(context, "Channel " + std::to_string(channel), pinned ? "pinned" : "");
  const float width = ImGui::GetContentRegionAvail().x;
  const float side = std::min(width, context.px(180));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float aspect = float(cube.height) / float(std::max(1, cube.width));
  const Rect map{at, {at.x + side / std::max(1.0f, aspect), at.y + side * std::min(1.0f, aspect)}};
  draw_channel(context, activations, state.sheet, channel, map);
  ImGui::GetWindowDrawList()->AddRect(map.from, map.to, context.theme.hairline);
  if (const auto position = state.selection.position())
    outline_cell(context, cell_rect(map, cube.height, cube.width, *position));
  context.marks.add("inspector/channel map", map);
  ImGui::Dummy({width, map.height() + context.px(4)});

  const ChannelValues values = values_of(cube, channel);
  const auto rank = std::find(activations.by_mean.begin(), activations.by_mean.end(), channel) -
                    activations.by_mean.begin();
  fact(context, "Mean", number(activations.channel_mean[std::size_t(channel)]));
  fact(context, "Rank by mean", std::to_string(rank + 1) + " of " + std::to_string(cube.channels));
  fact(context, "Spread", number(activations.channel_deviation[std::size_t(channel)]));
  fact(context, "Maximum", number(values.maximum));
  fact(context, "Strongest at",
       "row " + std::to_string(values.strongest.y) + ", column " + std::to_string(values.strongest.x));
  fact(context, "Positions above 0",
       percent(double(values.active) / double(std::max<std::size_t>(1, cube.positions()))));
  if (const auto position = state.selection.position())
    fact(context, "At the marked position", number(cube.at(position->y, position->x, channel)));
}

}  // namespace tessera::ui
