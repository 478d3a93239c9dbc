#include "ui/overlays/file_panel.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <system_error>

#include "base/folded.h"
#include "ui/opening.h"
#include "ui/overlays/overlay.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/list_row.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

namespace fs = std::filesystem;

bool has_extension(const fs::path& file, std::initializer_list<std::string_view> wanted) {
  const std::string extension = folded(file.extension().string());
  return std::find(wanted.begin(), wanted.end(), extension) != wanted.end();
}

void read_folder(FilePanelMemory& memory, bool images) {
  memory.entries.clear();
  memory.trouble.clear();
  memory.stale = false;
  std::error_code error;
  for (auto entry =
           fs::directory_iterator(memory.folder, fs::directory_options::skip_permission_denied, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path path = entry->path();
    if (path.filename().string().starts_with(".")) continue;
    std::error_code ignored;
    const bool is_folder = entry->is_directory(ignored);
    if (is_folder || (images ? looks_like_image(path) : looks_like_model(path)))
      memory.entries.push_back({path, is_folder});
  }
  if (error) memory.trouble = memory.folder.string() + " cannot be read: " + error.message();
  std::sort(memory.entries.begin(), memory.entries.end(), [](const auto& a, const auto& b) {
    if (a.is_folder != b.is_folder) return a.is_folder;
    return a.path.filename() < b.path.filename();
  });
}

void go_to(FilePanelMemory& memory, const fs::path& folder) {
  memory.folder = folder;
  memory.stale = true;
  std::strncpy(memory.typed, folder.string().c_str(), sizeof memory.typed - 1);
}

void choose(const FilePanel& panel, FilePanelMemory& memory, const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    go_to(memory, path);
  else
    panel.choose(path);
}

void content(const AppState& state, Context& context, const FilePanel& panel, FilePanelMemory& memory) {
  const auto& recent = panel.images ? state.recent_images : state.recent_models;
  if (panel.aside) panel.aside();
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ImGui::PushItemWidth(-1);
  if (ImGui::InputText("##path", memory.typed, sizeof memory.typed, ImGuiInputTextFlags_EnterReturnsTrue))
    choose(panel, memory, memory.typed);
  ImGui::PopItemWidth();
  mark_control(context, "files/path", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  ImGui::BeginChild("files");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const fs::path& path : recent)
    if (list_row(context, "files/recent/" + path.string(), path.filename().string(),
                 path.parent_path().string(), context.theme.ink))
      choose(panel, memory, path);
  if (!recent.empty()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float y = at.y + context.px(5);
    ImGui::GetWindowDrawList()->AddLine({at.x, y}, {at.x + ImGui::GetContentRegionAvail().x, y},
                                        context.theme.hairline);
    ImGui::Dummy({1, context.px(10)});
  }
  if (memory.folder.has_parent_path() && memory.folder != memory.folder.root_path())
    if (list_row(context, "files/up", "..", "one folder up", context.theme.muted))
      go_to(memory, memory.folder.parent_path());
  // A copy: choosing a folder replaces the list that is being walked.
  const auto entries = memory.entries;
  for (const auto& entry : entries)
    if (list_row(context, "files/" + entry.path.filename().string(),
                 entry.path.filename().string() + (entry.is_folder ? "/" : ""), "",
                 entry.is_folder ? context.theme.muted : context.theme.ink))
      choose(panel, memory, entry.path);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (!memory.trouble.empty())
    draw_wrapped(context, context.fonts.body, at, context.theme.error, memory.trouble,
                 ImGui::GetContentRegionAvail().x);
  else if (entries.empty())
    draw_text(context, context.fonts.body, {at.x + context.px(6), at.y}, context.theme.muted,
              panel.images ? "No images in this folder"
                           : "No models (.pt, .pth, .ts, .torchscript) in this folder");
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace

bool looks_like_image(const fs::path& file) {
  return has_extension(
      file, {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".gif", ".psd", ".hdr", ".pnm", ".ppm", ".pgm"});
}

Action opening_of_image(const fs::path& file) {
  if (has_extension(file, {".png"})) return action::OpenFigure{file};
  return action::OpenImage{file};
}

bool looks_like_model(const fs::path& file) {
  return has_extension(file, {".pt", ".pth", ".ts", ".torchscript", ".jit"});
}

void file_panel(const AppState& state, Context& context, const Rect& window, const FilePanel& panel,
                FilePanelMemory& memory) {
  if (memory.folder.empty()) {
    std::error_code ignored;
    fs::path start;
    if (panel.images && state.image) start = state.image->file.path.parent_path();
    if (!panel.images && state.model) start = state.model->file.path.parent_path();
    go_to(memory, start.empty() ? fs::current_path(ignored) : start);
  }
  if (memory.stale) read_folder(memory, panel.images);
  overlay_panel(context, "files", panel.title, 560, 520, window,
                [&] { content(state, context, panel, memory); });
}

void open_panel(const AppState& state, Context& context, const Rect& window, FilePanelMemory& memory) {
  FilePanel panel;
  panel.images = state.overlay == Overlay::open_image;
  panel.title = panel.images ? "Open an image" : "Open a model";
  panel.choose = [&](const fs::path& file) {
    context.emit(panel.images ? opening_of_image(file) : action::OpenModel{file});
  };
  file_panel(state, context, window, panel, memory);
}

void figure_file_panel(const AppState& state, Context& context, const Rect& window, FilePanelMemory& memory) {
  const auto missing = missing_file(state);
  if (!missing) return;
  FilePanel panel;
  panel.images = missing->is_image;
  panel.title = "Where is " + missing->file.name + "?";
  panel.choose = [&](const fs::path& file) { context.emit(action::ChooseForFigure{file}); };
  panel.aside = [&] {
    const std::string what = panel.images ? "image" : "model";
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height =
        draw_wrapped(context, context.fonts.body, at, context.theme.muted,
                     state.opening_figure->file.path.filename().string() + " was made with this " + what +
                         ", which is not known here. Choose it, or see the figure with another.",
                     ImGui::GetContentRegionAvail().x);
    ImGui::Dummy({1, height + context.px(4)});
    const auto present = panel.images ? (state.image ? std::optional(state.image->file.path) : std::nullopt)
                                      : (state.model ? std::optional(state.model->file.path) : std::nullopt);
    if (present &&
        text_button(context, "figure file/present", "Take " + present->filename().string() + " instead")) {
      if (panel.images)
        context.emit(action::FigureImageFound{*present});
      else
        context.emit(action::FigureModelFound{*present});
    }
    ImGui::SameLine(0, context.px(20));
    if (text_button(context, "figure file/forget", "Do not open the figure"))
      context.emit(action::ForgetFigure{});
    ImGui::Dummy({1, context.px(6)});
  };
  file_panel(state, context, window, panel, memory);
}

}  // namespace tessera::ui
