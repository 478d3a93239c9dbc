#include "ui/overlays/export_dialog.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <system_error>

#include "base/folded.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_views.h"
#include "ui/overlays/overlay.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

namespace fs = std::filesystem;

constexpr float scales[] = {1, 2, 4};

void row_label(Context& context, const char* text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(context, context.fonts.body, at, context.theme.muted, text);
  ImGui::SetCursorScreenPos({at.x + context.px(110), at.y + context.px(2)});
}

void next_row(Context& context) { ImGui::Dummy({1, context.px(5)}); }

// One of two, as a choice.
bool choose_truth(Context& context, const char* name, std::initializer_list<const char*> words, bool value) {
  return choice(context, name, words, value ? 0 : 1) == 0;
}

void choose_size(Context& context, ExportOptions& options, ImVec2 page) {
  row_label(context, "Size");
  int chosen = 3;
  for (int i = 0; i < 3; ++i)
    if (options.width == 0 && options.scale == scales[i]) chosen = i;
  const int now = choice(context, "export/size", {"1×", "2×", "4×", "Width"}, chosen);
  if (now < 3) {
    options.scale = scales[now];
    options.width = 0;
  } else if (chosen < 3) {
    options.width = int(std::lround(page.x * options.scale));
  }
  if (options.width > 0) {
    ImGui::SameLine(0, context.px(14));
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() - context.px(7));
    ImGui::SetNextItemWidth(context.px(76));
    ImGui::InputInt("##width", &options.width, 0, 0);
    mark_control(context, "export/width", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  }
  const float scale = options.width > 0 ? float(options.width) / page.x : options.scale;
  ImGui::SameLine(0, context.px(20));
  draw_text(context, context.fonts.small, ImGui::GetCursorScreenPos(), context.theme.muted,
            std::to_string(std::lround(page.x * scale)) + " × " +
                std::to_string(std::lround(page.y * scale)) + " pixels");
  ImGui::Dummy({1, render::font_size(context.fonts.small)});
  next_row(context);
}

fs::path with_extension(fs::path file) {
  if (folded(file.extension().string()) != ".png") file += ".png";
  return file;
}

fs::path export_folder(const AppState& state) {
  std::error_code ignored;
  return state.exports.folder.empty() ? fs::current_path(ignored) : state.exports.folder;
}

std::string export_stem(const AppState& state) {
  return state.image ? state.image->file.path.stem().string() : "figure";
}

// A script like this one, with a number where there are such files already.
fs::path free_script(const fs::path& script) {
  const auto taken = [](fs::path file) {
    std::error_code ignored;
    return fs::exists(file, ignored) || fs::exists(file.replace_extension(".npz"), ignored);
  };
  fs::path file = script;
  const std::string stem = script.stem().string();
  for (int i = 2; taken(file) && i < 1000; ++i)
    file = script.parent_path() / (stem + "-" + std::to_string(i) + ".py");
  return file;
}

// Empty where it can be tried.
std::string problem_with(const fs::path& file) {
  std::error_code ignored;
  if (!file.has_stem()) return "The file has no name yet";
  if (fs::is_directory(file, ignored)) return file.string() + " is a folder";
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::current_path(ignored);
  return fs::is_directory(folder, ignored) ? "" : "There is no folder " + folder.string();
}

void open(const AppState& state, ExportMemory& memory) {
  const std::string stem = export_stem(state) + (state.kept ? "-compared" : "");
  const std::string file = suggested_file(export_folder(state), stem, figure_of(state)).string();
  memory = {};
  memory.is_open = true;
  std::strncpy(memory.file, file.c_str(), sizeof memory.file - 1);
}

void content(const AppState& state, Context& context, ImVec2 view_size, ExportMemory& memory) {
  ExportOptions options = state.exports.options;
  ImGui::Dummy({1, context.px(2)});
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::PushItemWidth(-1);
  const bool entered =
      ImGui::InputText("##file", memory.file, sizeof memory.file, ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::PopItemWidth();
  mark_control(context, "export/file", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  const fs::path file = with_extension(memory.file);
  std::error_code ignored;
  const bool replaces = fs::is_regular_file(file, ignored);
  const std::string note = !memory.problem.empty() ? memory.problem
                           : replaces              ? "There is such a file: it will be replaced"
                                                   : std::string();
  draw_text(context, context.fonts.small, ImGui::GetCursorScreenPos(),
            memory.problem.empty() ? context.theme.warning : context.theme.error, note,
            ImGui::GetContentRegionAvail().x);
  ImGui::Dummy({1, context.px(20)});

  FigurePage page;
  page.view_size = view_size;
  page.two_views = state.kept.has_value();
  if (options.caption) page.caption = "text";
  choose_size(context, options, page_size(page));
  row_label(context, "Ground");
  options.theme = ExportTheme(choice(context, "export/theme", {"Light", "As on screen"}, int(options.theme)));
  next_row(context);
  row_label(context, "Caption");
  options.caption = choose_truth(context, "export/caption", {"With", "Without"}, options.caption);
  next_row(context);
  row_label(context, "Legend");
  options.legend = choose_truth(context, "export/legend", {"With", "Without"}, options.legend);
  ImGui::Dummy({1, context.px(14)});
  if (!(options == state.exports.options)) context.emit(action::SetExport{options});

  if (text_button(context, "export/write", "Write the file") || entered) {
    memory.problem = problem_with(memory.file[0] == '\0' ? fs::path() : file);
    if (memory.problem.empty()) context.emit(action::Export{fs::absolute(file, ignored)});
  }
  ImGui::SameLine(0, context.px(24));
  if (text_button(context, "export/python", "Copy as Python")) {
    memory.problem = problem_with(memory.file[0] == '\0' ? fs::path() : file);
    if (memory.problem.empty())
      context.emit(action::Export{free_script(fs::absolute(file, ignored).replace_extension(".py")),
                                  ExportKind::python});
  }
  ImGui::Dummy({1, context.px(6)});
  draw_wrapped(context, context.fonts.small, ImGui::GetCursorScreenPos(), context.theme.muted,
               std::string("Copy as Python: a PyTorch script that computes the numbers of ") +
                   (state.kept ? "the right half" : "this view") +
                   " again, on the clipboard and beside the picture, with the numbers to compare with",
               ImGui::GetContentRegionAvail().x);
}

}  // namespace

fs::path suggested_file(const fs::path& folder, const std::string& stem, const std::string& figure) {
  const std::string name = stem + "-" + figure;
  std::error_code ignored;
  fs::path file = folder / (name + ".png");
  for (int i = 2; fs::exists(file, ignored) && i < 1000; ++i)
    file = folder / (name + "-" + std::to_string(i) + ".png");
  return file;
}

fs::path suggested_script(const AppState& state) {
  return free_script(export_folder(state) / (export_stem(state) + "-" + figure_of(state) + ".py"));
}

void export_dialog(const AppState& state, Context& context, const Rect& window, ImVec2 view_size,
                   ExportMemory& memory) {
  if (!memory.is_open) open(state, memory);
  overlay_panel(context, "export", state.kept ? "Export both halves" : "Export this view", 560, 368, window,
                [&] { content(state, context, view_size, memory); });
}

}  // namespace tessera::ui
