#include "ui/panels/layer_section.h"

#include <algorithm>

#include "base/folded.h"
#include "ui/panels/check_line.h"
#include "ui/panels/rail.h"
#include "ui/scene.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

std::string shape(const model::LayerInfo& layer) {
  return std::to_string(layer.height) + "×" + std::to_string(layer.width) + "×" +
         std::to_string(layer.channels);
}

// The dot before a layer's name says whether views of several layers show it; a click there changes it.
void shown_dot(Context& context, const std::vector<std::string>& shown, const model::LayerInfo& layer,
               const Rect& where) {
  const bool is_shown = std::find(shown.begin(), shown.end(), layer.name) != shown.end();
  const std::string id = "rail/shown/" + layer.name;
  ImGui::SetCursorScreenPos(where.from);
  if (ImGui::InvisibleButton(id.c_str(), {where.width(), where.height()}))
    context.emit(action::ToggleShownLayer{layer.name, shown});
  const bool hovered = ImGui::IsItemHovered();
  if (hovered)
    ImGui::SetTooltip(is_shown ? "Shown side by side: click to leave it out" : "Show side by side");
  const ImVec2 at = where.center();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (is_shown) list.AddCircleFilled(at, context.px(3), hovered ? context.theme.accent : context.theme.muted);
  if (!is_shown)
    list.AddCircle(at, context.px(2.5f), hovered ? context.theme.accent : context.theme.hairline);
  context.marks.add(id, where);
}

void layer_row(const AppState& state, Context& context, const std::vector<std::string>& shown,
               const model::LayerInfo& layer) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float dot = context.px(16);
  shown_dot(context, shown, layer, {at, {at.x + dot, at.y + context.px(rail_row_height)}});
  ImGui::SetCursorScreenPos({at.x + dot, at.y});
  width -= dot;
  const Rect row{{at.x + dot, at.y}, {at.x + dot + width, at.y + context.px(rail_row_height)}};
  const std::string name = "rail/layer/" + layer.name;
  if (ImGui::InvisibleButton(name.c_str(), {width, row.height()}))
    context.emit(action::SelectLayer{layer.name});
  const bool hovered = ImGui::IsItemHovered();
  const bool chosen = state.selection.layer == layer.name;
  if (chosen || hovered)
    list.AddRectFilled(row.from, row.to, chosen ? context.theme.accent_wash : context.theme.hover_wash,
                       context.px(3));
  ImFont* font = layer.suggested ? context.fonts.strong : context.fonts.body;
  const std::string text = shape(layer);
  const float text_y = at.y + (row.height() - render::font_size(font)) / 2;
  const float small_y = at.y + (row.height() - render::font_size(context.fonts.small)) / 2;
  const float inset = context.px(6);
  const float shape_width = draw_text(context, context.fonts.small, {row.to.x - inset, small_y},
                                      context.theme.muted, text, 0, Align::right);
  draw_text(context, font, {row.from.x + inset, text_y}, chosen ? context.theme.accent : context.theme.ink,
            layer.name, width - shape_width - 3 * inset);
  context.marks.add(name, row);
  if (hovered) {
    std::string tip = layer.name + "\n" + shape(layer) + " · " + layer.operation;
    for (const std::string& alias : layer.aliases) tip += "\nalso " + alias;
    if (layer.suggested) tip += "\nsuggested by the model";
    ImGui::SetTooltip("%s", tip.c_str());
  }
  // Arrow keys may have moved the choice out of sight.
  if (chosen && !ImGui::IsItemVisible() && !ImGui::IsWindowHovered()) ImGui::SetScrollHereY();
}

}  // namespace

std::vector<const model::LayerInfo*> filtered_layers(const model::ModelCard& card, std::string_view filter) {
  const std::string wanted = folded(filter);
  const auto matches = [&](const std::string& name) {
    return folded(name).find(wanted) != std::string::npos;
  };
  std::vector<const model::LayerInfo*> found;
  for (const model::LayerInfo& layer : card.layers) {
    if (matches(layer.name) || std::ranges::any_of(layer.aliases, matches)) found.push_back(&layer);
  }
  return found;
}

void layer_section(const AppState& state, Context& context, char* filter, std::size_t filter_size) {
  const float width = ImGui::GetContentRegionAvail().x;
  std::shared_ptr<const model::ModelCard> card;
  if (state.model) card = context.engine.ask(session::OpenModel{*state.model}).value;
  section_title(context, "Layers", card ? card->name : "");
  if (!card) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect rest{at, {at.x + width, at.y + std::max(context.px(60), ImGui::GetContentRegionAvail().y)}};
    if (const auto& wanted = state.pending_model ? state.pending_model : state.model)
      draw_pending(context, rest, context.engine.peek(session::OpenModel{*wanted}).progress,
                   "Opening the model");
    return;
  }
  const ImVec2 line = ImGui::GetCursorScreenPos();
  const float middle = (ImGui::GetFrameHeight() - render::font_size(context.fonts.small)) / 2;
  check_line(state, context, *card, {line.x + width, line.y + middle});
  ImGui::SetCursorScreenPos(line);
  ImGui::PushItemWidth(width - context.px(check_line_width + Theme::gap));
  ImGui::PushFont(context.fonts.body);
  if (ImGui::InputTextWithHint("##filter", "Filter", filter, filter_size))
    context.emit(action::SetLayerFilter{filter});
  ImGui::PopFont();
  ImGui::PopItemWidth();
  context.marks.add("rail/filter", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});

  ImGui::BeginChild("layers");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const auto found = filtered_layers(*card, state.layer_filter);
  const auto shown = names_of(shown_layers(state.selection, *card));
  for (const model::LayerInfo* layer : found) layer_row(state, context, shown, *layer);
  if (found.empty())
    draw_text(context, context.fonts.body, ImGui::GetCursorScreenPos(), context.theme.muted,
              "No layer has this in its name", width);
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace tessera::ui
