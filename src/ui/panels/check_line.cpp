#include "ui/panels/check_line.h"

#include <string>

#include "tessera/session/check_queries.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

using Checked = engine::Answer<check::Report>;

// Of a network without something only what is known already: the whole one would have to be loaded beside it.
Checked check_of(const AppState& state, Context& context, const model::ModelCard& card) {
  if (!state.model->without) return session::ask_check(context.engine, *state.model, card);
  Checked known;
  known.value = session::known_check(context.engine, *state.model, card);
  return known;
}

std::string count_text(const check::Report& report) {
  const check::Count count = check::count(report);
  return std::to_string(count.passed) + " of " + std::to_string(count.checked);
}

const char* waiting_text(const AppState& state, const Checked& answer) {
  const bool waits_for_nothing = answer.failed() || state.model->without || state.work_held;
  return waits_for_nothing ? "Not checked" : "Checking…";
}

}  // namespace

float check_line(const AppState& state, Context& context, const model::ModelCard& card, ImVec2 right,
                 float room) {
  ImFont* font = context.fonts.small;
  const Checked answer = check_of(state, context, card);
  const std::string count = answer.value ? count_text(*answer.value) : "";
  std::string text = answer.value ? "Checked: " + count : waiting_text(state, answer);
  const std::string whole = text;
  if (answer.value && text_size(font, text).x > room) text = count;
  const ImVec2 size = text_size(font, text);
  const Rect where{{right.x - size.x, right.y}, {right.x, right.y + size.y}};
  ImGui::SetCursorScreenPos(where.from);
  if (answer.value) {
    const ImU32 color = check::failed(*answer.value) ? context.theme.warning : context.theme.muted;
    if (text_button(context, "rail/check", text, font, color))
      context.emit(action::ShowOverlay{Overlay::check});
    if (text != whole && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", whole.c_str());
    context.marks.add("rail/check/" + count, where);
    return size.x;
  }
  draw_text(context, font, where.from, context.theme.muted, text);
  ImGui::Dummy(size);
  if (answer.failed() && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", answer.error->what());
  context.marks.add("rail/unchecked", where);
  return size.x;
}

}  // namespace tessera::ui
