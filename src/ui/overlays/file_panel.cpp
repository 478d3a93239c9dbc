#include "ui/overlays/file_panel.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>
#include <system_error>

#include "ui/overlays/overlay.h"
#include "ui/widgets/list_row.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

namespace fs = std::filesystem;

bool has_extension(const fs::path& file, std::initializer_list<std::string_view> wanted) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return std::tolower(c); });
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

void choose(Context& context, FilePanelMemory& memory, const fs::path& path, bool images) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    go_to(memory, path);
  else if (images)
    context.emit(action::OpenImage{path});
  else
    context.emit(action::OpenModel{path});
}

void content(const AppState& state, Context& context, FilePanelMemory& memory, bool images) {
  const auto& recent = images ? state.recent_images : state.recent_models;
  ImGui::PushItemWidth(-1);
  if (ImGui::InputText("##path", memory.typed, sizeof memory.typed, ImGuiInputTextFlags_EnterReturnsTrue))
    choose(context, memory, memory.typed, images);
  ImGui::PopItemWidth();
  context.marks.add("files/path", {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  ImGui::BeginChild("files");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const fs::path& path : recent)
    if (list_row(context, "files/recent/" + path.string(), path.filename().string(),
                 path.parent_path().string(), context.theme.ink))
      choose(context, memory, path, images);
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
      choose(context, memory, entry.path, images);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!memory.trouble.empty())
    draw_wrapped(list, context.fonts.body, at, context.theme.error, memory.trouble,
                 ImGui::GetContentRegionAvail().x);
  else if (entries.empty())
    draw_text(
        list, context.fonts.body, {at.x + context.px(6), at.y}, context.theme.muted,
        images ? "No images in this folder" : "No models (.pt, .pth, .ts, .torchscript) in this folder");
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace

bool looks_like_image(const fs::path& file) {
  return has_extension(
      file, {".png", ".jpg", ".jpeg", ".bmp", ".tga", ".gif", ".psd", ".hdr", ".pnm", ".ppm", ".pgm"});
}

bool looks_like_model(const fs::path& file) {
  return has_extension(file, {".pt", ".pth", ".ts", ".torchscript", ".jit"});
}

void file_panel(const AppState& state, Context& context, const Rect& window, FilePanelMemory& memory) {
  const bool images = state.overlay == Overlay::open_image;
  if (memory.folder.empty()) {
    std::error_code ignored;
    fs::path start;
    if (images && state.image) start = state.image->file.path.parent_path();
    if (!images && state.model) start = state.model->file.path.parent_path();
    go_to(memory, start.empty() ? fs::current_path(ignored) : start);
  }
  if (memory.stale) read_folder(memory, images);
  overlay_panel(context, "files", images ? "Open an image" : "Open a model", 560, 520, window,
                [&] { content(state, context, memory, images); });
}

}  // namespace tessera::ui
