#include "ui/panels/rail.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "tessera/session/queries.h"
#include "ui/panels/class_section.h"
#include "ui/panels/image_section.h"
#include "ui/panels/layer_section.h"
#include "ui/panels/rail_heights.h"
#include "ui/panels/view_section.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float section_gap = 10;

// Where the network runs, and the two things that are always within reach.
void foot(const AppState& state, Context& context, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  std::shared_ptr<const model::ModelCard> card;
  if (state.model) card = context.engine.peek(session::OpenModel{*state.model}).value;
  const float small_y = where.from.y + context.px(8);
  list.AddLine({where.from.x, where.from.y + 0.5f}, {where.to.x, where.from.y + 0.5f},
               context.theme.hairline);
  const auto labels = {"Light", "Dark"};
  if (card)
    draw_text(context, context.fonts.small, {where.from.x, small_y}, context.theme.muted, card->device,
              where.width() - choice_width(context, labels) - context.px(Theme::gap));
  ImGui::SetCursorScreenPos({where.to.x - choice_width(context, labels), small_y});
  const int chosen = choice(context, "rail/theme", labels, int(state.theme));
  if (chosen != int(state.theme)) context.emit(action::ToggleTheme{});
}

void sections(const AppState& state, Context& context, float height, RailMemory& memory) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float gap = context.px(section_gap);
  const std::array needed{image_section_needs(state, context, width),
                          class_section_needs(state, context, width), layer_section_needs(state, context),
                          NeededHeight::fixed(view_section_height(state, context))};
  const auto heights = shared_heights(needed, height - gap * float(needed.size() - 1));
  const auto below = [&] { ImGui::Dummy({1, gap}); };
  image_section(state, context, heights[0]);
  below();
  class_section(state, context, heights[1]);
  below();
  layer_section(state, context, memory.filter, sizeof memory.filter, heights[2]);
  below();
  view_section(state, context);
}

}  // namespace

void rail(const AppState& state, Context& context, const Rect& where, RailMemory& memory) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddLine({where.to.x - 0.5f, where.from.y}, {where.to.x - 0.5f, where.to.y}, context.theme.hairline);
  if (state.layer_filter != memory.filter) {
    std::strncpy(memory.filter, state.layer_filter.c_str(), sizeof memory.filter - 1);
    memory.filter[sizeof memory.filter - 1] = '\0';
  }
  const float margin = context.px(Theme::margin);
  const float foot_height = context.px(34);
  const Rect inner{{where.from.x, where.from.y + margin},
                   {where.to.x - context.px(panel_edge), where.to.y - foot_height}};
  ImGui::SetCursorScreenPos(inner.from);
  // The margin belongs to it: there are the triangles of the titles.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {margin, 0});
  ImGui::BeginChild("rail", {inner.width(), std::max(1.0f, inner.height())}, false,
                    ImGuiWindowFlags_AlwaysUseWindowPadding);
  ImGui::PopStyleVar();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  sections(state, context, inner.height(), memory);
  ImGui::PopStyleVar();
  ImGui::EndChild();
  foot(state, context,
       {{where.from.x + margin, where.to.y - foot_height}, {where.to.x - margin, where.to.y}});
}

}  // namespace tessera::ui
