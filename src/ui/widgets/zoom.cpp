#include "ui/widgets/zoom.h"

#include <cmath>

#include "ui/keys.h"

namespace tessera::ui {
namespace {

constexpr float step = 1.25f;  // of one notch of the wheel
constexpr int right_button = 1;

}  // namespace

Rect zoomed(const Rect& where, const Zoom& zoom) {
  const float width = where.width() * zoom.factor;
  const float height = where.height() * zoom.factor;
  const ImVec2 from{where.from.x - (zoom.x - 0.5f / zoom.factor) * width,
                    where.from.y - (zoom.y - 0.5f / zoom.factor) * height};
  return {from, {from.x + width, from.y + height}};
}

void zoom_with_mouse(const AppState& state, Context& context, const Rect& where) {
  const ImGuiIO& io = ImGui::GetIO();
  if (!ImGui::IsWindowHovered() || !where.contains(io.MousePos) || control_held()) return;
  Zoom zoom = state.zoom;
  if (io.MouseWheel != 0) {
    const float factor = zoom.factor * std::pow(step, io.MouseWheel);
    // The point under the mouse stays there.
    const Rect all = zoomed(where, zoom);
    const float y = (io.MousePos.y - all.from.y) / all.height();
    const float x = (io.MousePos.x - all.from.x) / all.width();
    zoom.y = y + (zoom.y - y) * zoom.factor / factor;
    zoom.x = x + (zoom.x - x) * zoom.factor / factor;
    zoom.factor = factor;
  }
  if (ImGui::IsMouseDragging(right_button, 0)) {
    zoom.y -= io.MouseDelta.y / (where.height() * zoom.factor);
    zoom.x -= io.MouseDelta.x / (where.width() * zoom.factor);
  }
  if (const Zoom wanted = clamped(zoom); wanted != state.zoom) context.emit(action::SetZoom{wanted});
}

}  // namespace tessera::ui
