#include "ui/views/beside.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tessera/session/queries.h"
#include "ui/panels/hover_card.h"
#include "ui/scene.h"
#include "ui/state/kept_figure.h"
#include "ui/views/catalogue.h"
#include "ui/widgets/check_strip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float middle_gap = 32;  // between the halves
constexpr float below_caption = 16.5f;
constexpr float second_line = 19;

struct SharingText {
  const char* name;
  const char* sentence;
};

SharingText text_of(Sharing sharing) {
  switch (sharing) {
    case Sharing::nothing:
      break;
    case Sharing::apart:
      return {"apart", "Each half on its own scale"};
    case Sharing::partly:
      return {"partly", "One scale for what both show, else each its own"};
    case Sharing::together:
      return {"together", "Both halves on one scale"};
  }
  return {"nothing", ""};
}

// What a half is of; beneath it what its network lacks, and how its values compare with the other half's: in
// one line where there is room, else in two. Returns the height.
float caption(Context& context, const Rect& where, const std::string& title, const AppState& state,
              const std::string& model, float free_right) {
  ImFont* strong = context.fonts.strong;
  ImFont* small = context.fonts.small;
  const float lower = (render::font_size(strong) - render::font_size(context.fonts.body)) / 2;
  const float width = draw_text(context, strong, where.from, context.theme.accent, title) + context.px(10);
  const std::string file = state.image->file.path.filename().string();
  draw_text(context, context.fonts.body, {where.from.x + width, where.from.y + lower}, context.theme.ink,
            TextWithNames{file + " · " + model, {file, model}}, where.width() - width - free_right);
  const auto [name, sentence] = text_of(context.scales ? context.scales->sharing() : Sharing::nothing);
  ImVec2 at{where.from.x, where.from.y + context.px(second_line)};
  if (const auto& without = state.model->without) {
    const TextWithNames lacks{"Without " + without->name, {without->layer}};
    const float gap = context.px(16);
    const float room = where.width() - gap - text_size(small, sentence).x;
    const bool beside = text_size(small, lacks.text).x <= room;
    const float taken = draw_text(context, small, at, context.theme.warning, lacks, where.width());
    at = beside ? ImVec2{at.x + taken + gap, at.y} : ImVec2{at.x, at.y + line_step(context, small)};
  }
  draw_text(context, small, at, context.theme.muted, sentence, where.to.x - at.x);
  if (context.scales)
    context.marks.add(std::string("beside/scale/") + name,
                      {at, {where.to.x, at.y + render::font_size(small)}});
  return at.y + render::font_size(small) + context.px(below_caption) - where.from.y;
}

// What a click in the kept half does: selections count in both halves, groups are its own, and the rest is
// kept as it is.
void pass_on(const Action& action, const KeptFigure& kept, Context& context) {
  if (const auto* group = std::get_if<action::PinGroup>(&action))
    context.emit(action::PinKeptGroup{group->group});
  else if (is_any_of<action::PinChannel, action::PickChannel, action::PinPlace, action::PinRegion,
                     action::SetZoom>(action) ||
           (is_any_of<action::ChooseClass>(action) && kept.same_classes))
    context.emit(action);
}

void kept_half(const AppState& live, Context& context, const model::ModelCard& live_card, const Rect& where) {
  const KeptFigure& kept = *live.kept;
  const AppState state = state_of_kept(live);
  Marks marks;
  Actions actions;
  Hovered hovered;
  Context own{context.engine, context.textures, context.fonts, context.theme,
              marks,          actions,          hovered,       context.scale};
  own.shown = {false, context.shown.legend, true, context.shown.controls};
  own.failures = context.failures;
  own.scales = context.scales;
  own.beside = &live;
  own.drawn = context.drawn;
  own.provisional = context.provisional;
  ImGui::PushID("kept");
  view_with_card(state, own, where);
  ImGui::PopID();
  for (const std::string& name : marks.names("")) context.marks.add("kept/" + name, *marks.find(name));
  for (const Action& action : actions) pass_on(action, kept, context);
  if (live.overlay != Overlay::none) hovered = {};
  if (hovered != kept.hovered) context.emit(action::HoverKept{hovered});
  if (hovered == Hovered{}) return;
  const Hovered shared = hovered_in(hovered, live_card, kept.same_classes);
  if (shared.channel) context.hover.channel = shared.channel;
  if (shared.place) context.hover.place = shared.place;
  if (shared.class_index) context.hover.class_index = shared.class_index;
}

}  // namespace

void view_with_card(const AppState& state, Context& context, const Rect& where) {
  ImGui::PushClipRect(where.from, where.to, true);
  entry_of(state.selection.view).draw(state, context, check_strip(state, context, where));
  ImGui::PopClipRect();
  // What is hovered is told in one place: by the inspector where it is there.
  const bool has_inspector = state.panels.inspector_open && !context.beside;
  if (has_inspector || !where.contains(ImGui::GetIO().MousePos)) return;
  if (const auto scene = scene_of(state, context.engine)) hover_card(state, context, *scene);
}

void views_beside(const AppState& state, Context& context, const Rect& where) {
  const auto card = context.engine.ask(session::OpenModel{*state.model}).value;
  if (!card) return;
  const float middle = std::round(where.center().x);
  const float half_gap = context.px(middle_gap) / 2;
  const AppState& kept = state.kept->state();
  const float button = text_size(context.fonts.small, "Release").x;
  // Whoever sees a file was not there when the one was kept.
  const bool live = context.shown.controls;
  const Rect left_caption{where.from, {middle - half_gap, where.to.y}};
  const Rect right_caption{{middle + half_gap, where.from.y}, where.to};
  const float left_height = caption(context, left_caption, live ? "Kept" : "Left", kept,
                                    state.kept->card->name, live ? button + context.px(12) : 0);
  const float right_height = caption(context, right_caption, live ? "Now" : "Right", state, card->name, 0);
  const float top = where.from.y + std::max(left_height, right_height);
  const Rect left{{where.from.x, top}, left_caption.to};
  const Rect right{{right_caption.from.x, top}, where.to};
  // A file ends where the longer of the two does.
  if (context.shown.controls) {
    ImGui::GetWindowDrawList()->AddLine({middle + 0.5f, where.from.y}, {middle + 0.5f, where.to.y},
                                        context.theme.hairline);
    context.marks.add("beside/kept", left);
    context.marks.add("beside/now", right);
  }
  ImGui::SetCursorScreenPos({left.to.x - button, where.from.y});
  if (text_button(context, "beside/release", "Release", context.fonts.small)) context.emit(action::Release{});
  // The kept half first: what is shown now, on top of it, has the last word about what is hovered.
  kept_half(state, context, *card, left);
  view_with_card(state, context, right);
}

}  // namespace tessera::ui
