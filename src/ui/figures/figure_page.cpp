#include "ui/figures/figure_page.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/widgets/check_strip.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float page_margin = 32;
constexpr float caption_gap = 18;
constexpr float caption_height = 54;      // three lines
constexpr float caption_height_two = 88;  // of two views: five
constexpr float widest_caption = 900;

// Where what has been drawn in the present window since its `first` vertex ends, within `where`.
float bottom_of(const Marks& marks, int first, const Rect& where) {
  float lowest = marks.bottom();
  const ImVector<ImDrawVert>& vertices = ImGui::GetWindowDrawList()->VtxBuffer;
  for (int i = first; i < vertices.Size; ++i) lowest = std::max(lowest, vertices[i].pos.y);
  return std::clamp(std::ceil(lowest), where.from.y, where.to.y);
}

float height_of_caption(const FigurePage& page) {
  return page.two_views ? caption_height_two : caption_height;
}

float caption_room(const FigurePage& page) {
  return page.caption.empty() ? 0 : caption_gap + height_of_caption(page);
}

}  // namespace

ImVec2 page_size(const FigurePage& page) {
  return {page.view_size.x + 2 * page_margin, page.view_size.y + 2 * page_margin + caption_room(page)};
}

FigureStatus draw_figure(const AppState& state, View view, const FigurePage& page, const FigureTools& tools) {
  const Theme colors = theme(page.theme);
  apply_to_imgui(colors, tools.scale);
  Marks marks;
  Actions actions;
  Hovered hovered;
  std::vector<std::string> failures;
  Context context{tools.engine, tools.textures, tools.fonts,
                  colors,       marks,          actions,
                  hovered,      tools.scale,    Shown{false, page.legend},
                  &failures};
  if (state.kept) {
    context.scales = tools.scales;
    context.beside = &state.kept->state();
  }
  ProvisionalNote provisional;
  context.provisional = &provisional;
  const std::size_t pending_before = tools.engine.pending_in_frame();

  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushFont(tools.fonts.body);
  ImGui::Begin("figure", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  const ImVec2 from{context.px(page_margin), context.px(page_margin)};
  const Rect where{from, {from.x + context.px(page.view_size.x), from.y + context.px(page.view_size.y)}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const int first = list.VtxBuffer.Size;
  // Of two views each half has its own.
  view(state, context, state.kept ? where : check_strip(state, context, where));
  float bottom = bottom_of(marks, first, where);
  if (!page.caption.empty()) {
    const float top = bottom + context.px(caption_gap);
    list.PushClipRect({0, top}, {where.to.x, top + context.px(height_of_caption(page))});
    bottom = top + draw_wrapped(context, tools.fonts.small, {where.from.x, top}, colors.muted, page.caption,
                                std::min(where.width(), context.px(widest_caption)));
    list.PopClipRect();
  }
  ImGui::End();
  ImGui::PopFont();

  FigureStatus status;
  status.complete = tools.engine.pending_in_frame() == pending_before;
  status.height = std::min(bottom / tools.scale + page_margin, page_size(page).y);
  // Scales that have just changed are drawn in the next frame.
  if (tools.scales && tools.scales->next_frame(state.attribution.one_scale)) status.complete = false;
  // A file holds final values or none.
  if (provisional.is_awaited()) status.complete = false;
  if (provisional.error()) failures.push_back(provisional.error()->what());
  if (!failures.empty()) status.failure = failures.front();
  return status;
}

}  // namespace tessera::ui
