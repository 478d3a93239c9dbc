#include "ui/panels/layer_section.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/folded.h"
#include "ui/panels/check_line.h"
#include "ui/panels/folding_title.h"
#include "ui/panels/layer_actions.h"
#include "ui/panels/layer_strip.h"
#include "ui/scene.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float layer_row_height = 18;
constexpr int least_layers = 3;   // rows in sight where there is little room
constexpr int enough_layers = 8;  // else
constexpr float below_filter = 5;
constexpr float least_name = 80;  // of the network, and what lies around it, before the check's line is short

float filter_height(const Context& context) { return ImGui::GetFrameHeight() + context.px(below_filter); }

std::shared_ptr<const model::ModelCard> card_of(const AppState& state, Context& context) {
  return state.model ? context.engine.ask(session::OpenModel{*state.model}).value : nullptr;
}

// Whether there are layers that the short list leaves out.
bool can_unfold(const AppState& state, const model::ModelCard& card) {
  return state.layer_filter.empty() && std::ranges::any_of(card.layers, &model::LayerInfo::suggested) &&
         !std::ranges::all_of(card.layers, &model::LayerInfo::suggested);
}

// The dot before a layer's name says whether views of several layers show it; a click there changes it.
void shown_dot(Context& context, const std::vector<std::string>& shown, bool is_shown,
               const model::LayerInfo& layer, const Rect& where) {
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
               const model::LayerInfo& layer, bool stands_out) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float dot = context.px(16);
  const float height = context.px(layer_row_height);
  const Rect row{{at.x + dot, at.y}, {at.x + ImGui::GetContentRegionAvail().x, at.y + height}};
  const bool is_shown = std::ranges::find(shown, layer.name) != shown.end();
  shown_dot(context, shown, is_shown, layer, {at, {at.x + dot, at.y + height}});
  ImGui::SetCursorScreenPos(row.from);
  const std::string name = "rail/layer/" + layer.name;
  if (ImGui::InvisibleButton(name.c_str(), {std::max(1.0f, row.width()), height}))
    click_layer(context, layer.name, shown);
  const bool hovered = ImGui::IsItemHovered();
  const bool chosen = state.selection.layer == layer.name;
  if (chosen || hovered)
    list.AddRectFilled(row.from, row.to, chosen ? context.theme.accent_wash : context.theme.hover_wash,
                       context.px(3));
  ImFont* font = stands_out ? context.fonts.strong : context.fonts.body;
  const float inset = context.px(6);
  const float shape_width =
      draw_text(context, context.fonts.small,
                {row.to.x - inset, row.center().y - render::font_size(context.fonts.small) / 2},
                context.theme.muted, shape_text(layer), 0, Align::right);
  draw_text(context, font, {row.from.x + inset, row.center().y - render::font_size(font) / 2},
            chosen ? context.theme.accent : context.theme.ink, layer.name,
            std::max(1.0f, row.width() - shape_width - 3 * inset));
  context.marks.add(name, row);
  if (hovered) layer_tooltip(layer, is_shown);
}

// A list of a thousand layers costs no more than the rows in sight.
void layer_rows(const AppState& state, Context& context, const model::ModelCard& card,
                const std::vector<std::string>& shown) {
  const auto listed = listed_layers(state, card);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  if (listed.empty()) {
    draw_text(context, context.fonts.body, from, context.theme.muted, "No layer has this in its name",
              ImGui::GetContentRegionAvail().x);
    return;
  }
  // Among others, those that the model suggests stand out.
  const bool among_others = state.panels.all_layers || !state.layer_filter.empty();
  const float height = context.px(layer_row_height);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const model::LayerInfo& layer = *listed[i];
    const ImVec2 at{from.x, from.y + float(i) * height};
    const bool in_sight = ImGui::IsRectVisible(at, {at.x + 1, at.y + height});
    ImGui::SetCursorScreenPos(at);
    if (in_sight) layer_row(state, context, shown, layer, among_others && layer.suggested);
    // Arrow keys may have moved the choice out of sight.
    if (!in_sight && layer.name == state.selection.layer && !ImGui::IsWindowHovered())
      ImGui::SetScrollY(height * std::round(float(i) - ImGui::GetWindowHeight() / height / 2));
  }
  ImGui::SetCursorScreenPos(from);
  ImGui::Dummy({1, float(listed.size()) * height});
}

// The filter box, and the word that lists every layer or only some.
void filter_line(const AppState& state, Context& context, const model::ModelCard& card, char* filter,
                 std::size_t filter_size) {
  ImFont* font = context.fonts.small;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string every = "all " + std::to_string(card.layers.size());
  const std::string& label = state.panels.all_layers ? "suggested" : every;
  const bool unfolds = can_unfold(state, card);
  const float taken = unfolds ? text_size(font, label).x + context.px(Theme::gap) : 0;
  ImGui::PushItemWidth(std::max(1.0f, width - taken));
  ImGui::PushFont(context.fonts.body);
  if (ImGui::InputTextWithHint("##filter", "Filter", filter, filter_size))
    context.emit(action::SetLayerFilter{filter});
  ImGui::PopFont();
  ImGui::PopItemWidth();
  context.marks.add("rail/filter", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  if (unfolds) {
    const float middle = (ImGui::GetFrameHeight() - render::font_size(font)) / 2;
    ImGui::SetCursorScreenPos({at.x + width - text_size(font, label).x, at.y + middle});
    if (text_button(context, "rail/all layers", label, font)) {
      PanelLayout panels = state.panels;
      panels.all_layers = !panels.all_layers;
      context.emit(action::SetPanels{panels});
    }
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, filter_height(context)});
}

// The section's title with the network's name, and how its check went. Whether the section is open.
bool title_line(const AppState& state, Context& context, const model::ModelCard* card) {
  const char* title = "Layers";
  if (!card) return folding_title(state, context, RailSection::layers, title, "");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float lower = render::font_size(context.fonts.strong) - render::font_size(context.fonts.small);
  const float room = width - text_size(context.fonts.strong, title).x - context.px(least_name);
  const float taken = check_line(state, context, *card, {at.x + width, at.y + lower}, room);
  ImGui::SetCursorScreenPos(at);
  const bool folded = state.panels.is_folded(RailSection::layers);
  return folding_title(state, context, RailSection::layers, title,
                       folded ? state.selection.layer : card->name, taken + context.px(10));
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

std::vector<const model::LayerInfo*> listed_layers(const AppState& state, const model::ModelCard& card) {
  auto listed = filtered_layers(card, state.layer_filter);
  if (state.panels.all_layers || !can_unfold(state, card)) return listed;
  const auto shown = shown_layers(state.selection, card);
  std::erase_if(listed, [&](const model::LayerInfo* layer) {
    return !layer->suggested && layer->name != state.selection.layer &&
           std::ranges::find(shown, layer) == shown.end();
  });
  return listed;
}

NeededHeight layer_section_needs(const AppState& state, Context& context) {
  const float title = context.px(folding_title_height);
  if (state.panels.is_folded(RailSection::layers)) return NeededHeight::fixed(title);
  const auto card = card_of(state, context);
  const float around = title + context.px(layer_strip_height) + filter_height(context);
  const float row = context.px(layer_row_height);
  const int all = card ? std::max(1, int(listed_layers(state, *card).size())) : enough_layers;
  const auto rows = [&](int count) { return around + float(std::min(all, count)) * row; };
  return {rows(least_layers), rows(enough_layers), rows(all), false, row};
}

void layer_section(const AppState& state, Context& context, char* filter, std::size_t filter_size,
                   float height) {
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const auto card = card_of(state, context);
  if (!title_line(state, context, card.get())) return;
  const float bottom = top.y + height;
  if (card) {
    const auto shown = names_of(shown_layers(state.selection, *card));
    layer_strip(state, context, *card, shown);
    filter_line(state, context, *card, filter, filter_size);
    ImGui::BeginChild("layers", {width, std::max(1.0f, bottom - ImGui::GetCursorScreenPos().y)});
    layer_rows(state, context, *card, shown);
    ImGui::EndChild();
  } else if (const auto& wanted = state.pending_model ? state.pending_model : state.model) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_pending(context, {at, {at.x + width, std::max(at.y + 1, bottom)}},
                 context.engine.peek(session::OpenModel{*wanted}).progress, "Opening the model");
  }
  ImGui::SetCursorScreenPos(top);
  ImGui::Dummy({width, height});
}

}  // namespace tessera::ui
