#include "ui/overlays/check_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "tessera/check/summary.h"
#include "tessera/session/check_queries.h"
#include "ui/overlays/overlay.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float check_table_width = 760;
constexpr float most_check_table_height = 740;
constexpr float around_check_rows = 135;  // the title, what stands beneath, margins
constexpr float usual_check_row = 51;     // with one line of text
constexpr float check_foot_height = 30;
constexpr float check_row_height = 22;
constexpr float check_row_gap = 12;

// Left edges of words, right edges of numbers.
struct TableColumns {
  float title;
  float layer;
  float result;
  float measured;
  float limit;
};

TableColumns columns_of(const Context& context, float left, float right) {
  return {left, left + context.px(252), left + context.px(430), right - context.px(98), right};
}

ImU32 check_color(const Theme& theme, check::Outcome outcome) {
  return outcome == check::Outcome::failed ? theme.error : theme.muted;
}

std::string share_of(const std::optional<double>& share) { return share ? number(*share) : std::string(); }

// Draws from above to below, at `y`.
class Writer {
 public:
  Writer(Context& context, CheckTableMemory& memory)
      : context_(context),
        memory_(memory),
        at_(ImGui::GetCursorScreenPos()),
        right_(at_.x + ImGui::GetContentRegionAvail().x - context.px(12)),
        columns_(columns_of(context, at_.x, right_)) {}

  void head() {
    ImFont* font = context_.fonts.small;
    word(font, columns_.layer, context_.theme.muted, "Layer");
    word(font, columns_.result, context_.theme.muted, "Result");
    word(font, columns_.measured, context_.theme.muted, "Measured", Align::right);
    word(font, columns_.limit, context_.theme.muted, "Limit", Align::right);
    at_.y += context_.px(check_row_height);
  }

  void row(const check::Row& row) {
    const check::Line& worst = *row.worst;
    const bool several = row.lines.size() > 1;
    const bool open = several && is_open(worst);
    // Of a kind that has several rows the first one says what it is.
    const bool first = std::exchange(last_, worst.kind) != worst.kind;
    if (first)
      word(context_.fonts.strong, columns_.title, context_.theme.ink, title(worst.kind), Align::left,
           columns_.layer - columns_.title - context_.px(12));
    word(context_.fonts.body, columns_.result, check_color(context_.theme, worst.outcome),
         to_text(worst.outcome));
    context_.marks.add(name_of(worst), {at_, {right_, at_.y + context_.px(check_row_height)}});
    if (several)
      turn(row);
    else
      layer(worst);
    if (!open) numbers(worst);
    at_.y += context_.px(check_row_height);
    if (open)
      for (const check::Line* line : row.lines) one_of_several(*line);
    else
      sentence(worst, first ? columns_.title : columns_.layer);
    at_.y += context_.px(check_row_gap);
  }

  // As high as what has been drawn, so that it can be scrolled.
  void finish() {
    ImGui::SetCursorScreenPos(at_);
    ImGui::Dummy({1, 1});
  }

 private:
  static std::string name_of(const check::Line& line) {
    return "check/row/" + to_text(line.kind) + "/" + to_text(line.outcome);
  }

  bool is_open(const check::Line& line) const {
    return (line.outcome == check::Outcome::failed) != memory_.turned.contains(name_of(line));
  }

  void turn(const check::Row& row) {
    const std::string name = name_of(*row.worst);
    ImGui::SetCursorScreenPos({columns_.layer, at_.y});
    if (!text_button(context_, name + "/layers", layers_text(row))) return;
    if (memory_.turned.erase(name) == 0) memory_.turned.insert(name);
  }

  void one_of_several(const check::Line& line) {
    layer(line);
    numbers(line);
    context_.marks.add("check/line/" + to_text(line.kind) + "/" + line.layer,
                       {at_, {right_, at_.y + context_.px(check_row_height)}});
    at_.y += context_.px(check_row_height - 2);
    // What passed says the same for every layer.
    if (line.outcome != check::Outcome::passed) sentence(line, columns_.layer);
  }

  void layer(const check::Line& line) {
    word(context_.fonts.body, columns_.layer, context_.theme.ink, line.layer, Align::left,
         columns_.result - columns_.layer - context_.px(12));
  }

  void numbers(const check::Line& line) {
    word(context_.fonts.number, columns_.measured, check_color(context_.theme, line.outcome),
         share_of(line.measured), Align::right);
    word(context_.fonts.number, columns_.limit, context_.theme.muted, share_of(line.limit), Align::right);
  }

  void sentence(const check::Line& line, float left) {
    if (line.sentence.empty()) return;
    at_.y += draw_wrapped(context_, context_.fonts.small, {left, at_.y}, context_.theme.muted, line.sentence,
                          right_ - left) +
             context_.px(2);
  }

  void word(ImFont* font, float x, ImU32 color, const std::string& text, Align align = Align::left,
            float most = 0) {
    draw_text(context_, font, {x, at_.y}, color, text, most, align);
  }

  Context& context_;
  CheckTableMemory& memory_;
  ImVec2 at_;
  float right_;
  TableColumns columns_;
  std::optional<check::Kind> last_;
};

std::string foot_text(const check::Report& report) {
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, "%.1f s", report.seconds);
  return "Made on " + (report.picture.empty() ? "pictures made for it" : report.picture) + " in " + seconds +
         ". docs/check.md says what each line means, and what to do where it fails.";
}

std::string count_of(const check::Report& report) {
  const check::Count count = check::count(report);
  return std::to_string(count.passed) + " of " + std::to_string(count.checked) + " checks passed";
}

}  // namespace

void check_table(const AppState& state, Context& context, const Rect& window, const model::ModelCard& card,
                 CheckTableMemory& memory) {
  const auto report = session::known_check(context.engine, *state.model, card);
  if (!report) return;
  const auto rows = check::summary(*report);
  const float height =
      check::failed(*report)
          ? most_check_table_height
          : std::min(most_check_table_height, around_check_rows + usual_check_row * float(rows.size()));
  overlay_panel(context, "check", card.name + ": " + count_of(*report), check_table_width, height, window,
                [&] {
                  const float room = ImGui::GetContentRegionAvail().y - context.px(check_foot_height);
                  ImGui::BeginChild("check rows", {0, std::max(1.0f, room)});
                  Writer writer(context, memory);
                  writer.head();
                  for (const check::Row& row : rows) writer.row(row);
                  writer.finish();
                  ImGui::EndChild();
                  const ImVec2 at = ImGui::GetCursorScreenPos();
                  const float width = ImGui::GetContentRegionAvail().x;
                  draw_wrapped(context, context.fonts.small, {at.x, at.y + context.px(6)},
                               context.theme.muted, foot_text(*report), width);
                });
}

}  // namespace tessera::ui
