#include "ui/panels/class_section.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tessera/session/effect_queries.h"
#include "ui/panels/folding_title.h"
#include "ui/selected_atom.h"
#include "ui/widgets/answer_status.h"
#include "ui/widgets/change_list.h"
#include "ui/widgets/class_list.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr int most_rows = 10;
constexpr int least_rows = 3;  // the rest is scrolled to
constexpr float widest_bar_of_class = 52;
constexpr float share_of_bar = 0.2f;  // of the row, where that is less: names need room

// In unscaled pixels.
float bar_width(const Context& context) {
  return std::min(widest_bar_of_class, share_of_bar * ImGui::GetContentRegionAvail().x / context.scale);
}

// How the likeliest classes change without the atom: predicted, and when the network really runs without it.
void ablation_list(Context& context, const Scene& scene, const SelectedAtom& atom, int rows) {
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
  change_list(context, scene, predicted, atom.certainty, actual, rows, bar_width(context));
}

std::string capital(std::string text) {
  if (!text.empty()) text[0] = char(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

using Verdict = std::shared_ptr<const model::Classification>;

// As many as there will be when the answer is there, so that nothing jumps.
int rows_of(const Verdict& verdict) {
  return verdict ? std::min(most_rows, int(verdict->classes.size())) : most_rows;
}

float height_of_warnings(Context& context, const Verdict& verdict, float width) {
  ImFont* font = context.fonts.small;
  float height = 0;
  if (verdict)
    for (const std::string& warning : verdict->warnings)
      height += context.px(2) + font->CalcTextSizeA(render::font_size(font), 1e9f, width, warning.c_str()).y;
  return height;
}

void list_warnings(Context& context, const Verdict& verdict, float width) {
  for (const std::string& warning : verdict->warnings) {
    const ImVec2 line = ImGui::GetCursorScreenPos();
    const float taken =
        draw_wrapped(context, context.fonts.small, line, context.theme.warning, warning, width);
    ImGui::Dummy({width, taken + context.px(2)});
    context.marks.add("rail/verdict", {line, {line.x + width, line.y + taken}});
  }
}

struct Title {
  std::string title = "Classes";
  std::string aside;
};

// What the rows say; of a folded section, what the first would.
Title title_of(const AppState& state, const std::optional<Scene>& scene,
               const std::optional<SelectedAtom>& atom) {
  if (state.panels.is_folded(RailSection::classes)) {
    if (!scene || !scene->verdict || scene->verdict->classes.empty()) return {};
    return {"Classes", scene->label(scene->verdict->classes.front().index)};
  }
  if (atom && state.show_ablation) return {"Without " + atom->name, "predicted ▯, true ▮"};
  if (atom && atom->effects && atom->certainty.provisional)
    return {capital(atom->name) + " may support", "or oppose"};
  if (atom && atom->effects) return {capital(atom->name) + " supports", "and opposes"};
  return {"Classes", scene ? "probability" : ""};
}

void class_rows(const AppState& state, Context& context, const Scene& scene,
                const std::optional<SelectedAtom>& atom, int rows) {
  if (atom && state.show_ablation)
    ablation_list(context, scene, *atom, rows);
  else if (atom && atom->effects)
    effect_list(state, context, scene, "rail/class", *atom->effects, atom->certainty, rows,
                bar_width(context));
  else
    class_list(state, context, scene, "rail/class", rows, bar_width(context));
}

}  // namespace

NeededHeight class_section_needs(const AppState& state, Context& context, float width) {
  const float title = context.px(folding_title_height);
  if (state.panels.is_folded(RailSection::classes)) return NeededHeight::fixed(title);
  const auto scene = scene_of(state, context.engine);
  const Verdict verdict = scene ? scene->verdict : nullptr;
  const int rows = rows_of(verdict);
  const float around = title + height_of_warnings(context, verdict, width);
  const float row = context.px(class_row_height);
  const float all = around + float(rows) * row;
  return {around + float(std::min(rows, least_rows)) * row, all, all, false, row};
}

void class_section(const AppState& state, Context& context, float height) {
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const auto scene = scene_of(state, context.engine);
  const auto atom = scene ? selected_atom(state, context, *scene) : std::nullopt;
  const Title title = title_of(state, scene, atom);
  if (!folding_title(state, context, RailSection::classes, title.title, title.aside)) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Rect room{at, {at.x + width, std::max(at.y + 1, top.y + height)}};
  if (!scene) {
    const bool coming = state.pending_model || state.pending_image;
    draw_text(context, context.fonts.body, at, context.theme.muted, coming ? "…" : "No image classified yet");
  } else if (const auto verdict =
                 value_or_status(context,
                                 context.engine.ask(session::Classify{*state.model, *state.image},
                                                    engine::Visibility::focused),
                                 room, "Classes")) {
    const float row = context.px(class_row_height);
    const float for_rows = room.height() - height_of_warnings(context, verdict, width);
    const int whole = std::max(1, int((for_rows + 0.5f) / row));  // that are seen; no row is cut in two
    ImGui::BeginChild("class rows", {width, float(std::min(whole, rows_of(verdict))) * row});
    class_rows(state, context, *scene, atom, rows_of(verdict));
    ImGui::EndChild();
    list_warnings(context, verdict, width);
  }
  ImGui::SetCursorScreenPos(top);
  ImGui::Dummy({width, height});
}

}  // namespace tessera::ui
