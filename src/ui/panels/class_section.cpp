#include "ui/panels/class_section.h"

#include <cctype>
#include <string>
#include <vector>

#include "tessera/session/effect_queries.h"
#include "ui/selected_atom.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/change_list.h"
#include "ui/widgets/class_list.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int shown_rows = 7;
constexpr float bar_width = 52;

// How the likeliest classes change without the atom: predicted, and when the network really runs without it.
void ablation_list(Context& context, const Scene& scene, const SelectedAtom& atom) {
  std::vector<float> predicted;
  if (atom.effects)
    for (const float effect : *atom.effects) predicted.push_back(-effect);
  std::vector<float> actual;
  const auto ablated =
      context.engine
          .ask(session::Ablate{scene.model, scene.image, atom.layer, atom.atom, attribution::Baseline::zero},
               engine::Visibility::focused)
          .value;
  if (ablated)
    for (std::size_t i = 0; i < ablated->after.size(); ++i)
      actual.push_back(ablated->after[i] - ablated->before[i]);
  change_list(context, scene, predicted, atom.certainty, actual, shown_rows, bar_width);
}

std::string capital(std::string text) {
  if (!text.empty()) text[0] = char(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

void class_section(const AppState& state, Context& context) {
  const float height = context.px(class_row_height) * float(shown_rows);
  const auto scene = scene_of(state, context.engine);
  const auto atom = scene ? selected_atom(state, context, *scene) : std::nullopt;
  const bool ablates = atom && state.show_ablation;
  if (ablates)
    section_title(context, "Without " + atom->name, "predicted ▯, true ▮");
  else if (atom && atom->effects)
    section_title(context, capital(atom->name) + (atom->certainty.provisional ? " may support" : " supports"),
                  atom->certainty.provisional ? "or oppose" : "and opposes");
  else
    section_title(context, "Classes", scene ? "probability" : "");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  // As high as it will be when the answer is there, so that nothing jumps.
  if (!scene) {
    const bool coming = state.pending_model || state.pending_image;
    draw_text(context, context.fonts.body, at, context.theme.muted, coming ? "…" : "No image classified yet");
    ImGui::Dummy({width, height});
    return;
  }
  const auto verdict = value_or_status(
      context, context.engine.ask(session::Classify{*state.model, *state.image}, engine::Visibility::focused),
      {at, {at.x + width, at.y + height}}, "Classes");
  if (!verdict) {
    ImGui::Dummy({width, height});
    return;
  }
  if (ablates)
    ablation_list(context, *scene, *atom);
  else if (atom && atom->effects)
    effect_list(state, context, *scene, "rail/class", *atom->effects, atom->certainty, shown_rows, bar_width);
  else
    class_list(state, context, *scene, "rail/class", shown_rows, bar_width);
  const float used = ImGui::GetCursorScreenPos().y - at.y;
  if (used < height) ImGui::Dummy({width, height - used});
  for (const std::string& warning : verdict->warnings) {
    const ImVec2 line = ImGui::GetCursorScreenPos();
    const float taken =
        draw_wrapped(context, context.fonts.small, line, context.theme.warning, warning, width);
    ImGui::Dummy({width, taken + context.px(2)});
    context.marks.add("rail/verdict", {line, {line.x + width, line.y + taken}});
  }
}

}  // namespace tessera::ui
