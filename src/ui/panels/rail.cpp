#include "ui/panels/rail.h"

#include <algorithm>
#include <cstring>

#include "tessera/session/queries.h"
#include "ui/panels/class_section.h"
#include "ui/panels/image_section.h"
#include "ui/panels/layer_section.h"
#include "ui/panels/view_section.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

// Where the network runs, and the two things that are always within reach.
void foot(const AppState& state, Context& context, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  std::shared_ptr<const model::ModelCard> card;
  if (state.model) card = context.engine.peek(session::OpenModel{*state.model}).value;
  const float small_y = where.from.y + context.px(8);
  list.AddLine({where.from.x, where.from.y + 0.5f}, {where.to.x, where.from.y + 0.5f},
               context.theme.hairline);
  if (card)
    draw_text(context, context.fonts.small, {where.from.x, small_y}, context.theme.muted, card->device,
              where.width() - context.px(120));
  const auto labels = {"Light", "Dark"};
  ImGui::SetCursorScreenPos({where.to.x - choice_width(context, labels), small_y});
  const int chosen = choice(context, "rail/theme", labels, int(state.theme));
  if (chosen != int(state.theme)) context.emit(action::ToggleTheme{});
}

}  // namespace

void rail(const AppState& state, Context& context, const Rect& where, RailMemory& memory) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(where.from, where.to, context.theme.panel);
  list.AddLine({where.to.x - 0.5f, where.from.y}, {where.to.x - 0.5f, where.to.y}, context.theme.hairline);
  if (state.layer_filter != memory.filter) {
    std::strncpy(memory.filter, state.layer_filter.c_str(), sizeof memory.filter - 1);
    memory.filter[sizeof memory.filter - 1] = '\0';
  }
  const float margin = context.px(Theme::margin);
  const float foot_height = context.px(34);
  const Rect inner{{where.from.x + margin, where.from.y + margin},
                   {where.to.x - margin, where.to.y - foot_height}};
  ImGui::SetCursorScreenPos(inner.from);
  ImGui::BeginChild("rail", {inner.width(), inner.height()}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  image_section(state, context);
  ImGui::Dummy({1, context.px(6)});
  class_section(state, context);
  ImGui::Dummy({1, context.px(6)});
  const float views_height = view_section_height(context);
  const float layers_height = std::max(context.px(80), ImGui::GetContentRegionAvail().y - views_height);
  ImGui::BeginChild("layer section", {0, layers_height});
  layer_section(state, context, memory.filter, sizeof memory.filter);
  ImGui::EndChild();
  view_section(state, context);
  ImGui::EndChild();
  foot(state, context, {{inner.from.x, where.to.y - foot_height}, {inner.to.x, where.to.y}});
}

}  // namespace tessera::ui
