#include "ui/overlays/recent_files.h"

#include <filesystem>
#include <vector>

#include "ui/overlays/overlay.h"
#include "ui/widgets/list_row.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float row_height = 22;

template <class Open>
void list_of(Context& context, const char* title, const std::vector<std::filesystem::path>& files) {
  if (files.empty()) return;
  section_title(context, title);
  for (const std::filesystem::path& file : files)
    if (list_row(context, "recent/" + file.string(), file.filename().string(), file.parent_path().string(),
                 context.theme.ink))
      context.emit(Open{file});
  ImGui::Dummy({1, context.px(8)});
}

}  // namespace

void recent_files(const AppState& state, Context& context, const Rect& window) {
  const float rows = float(state.recent_images.size() + state.recent_models.size());
  overlay_panel(context, "recent files", "Recent files", 560, 190 + rows * row_height, window, [&] {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    ImGui::Dummy({1, context.px(6)});
    list_of<action::OpenImage>(context, "Images", state.recent_images);
    list_of<action::OpenModel>(context, "Models", state.recent_models);
    ImGui::PopStyleVar();
  });
}

}  // namespace tessera::ui
