#include "render/joined_lists.h"

#include <imgui.h>

#include <vector>

#include "render/gui_context.h"
#include "support/catch.h"

namespace tessera::test::joined_lists_test {
namespace {

// The corners of the triangles that a frame draws, command by command, in order.
std::vector<ImVec2> corners(const ImDrawData& frame) {
  std::vector<ImVec2> found;
  for (int i = 0; i < frame.CmdListsCount; ++i) {
    const ImDrawList& list = *frame.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer)
      for (unsigned k = 0; k < command.ElemCount; ++k)
        found.push_back(
            list.VtxBuffer[int(command.VtxOffset) + list.IdxBuffer[int(command.IdxOffset + k)]].pos);
  }
  return found;
}

}  // namespace

TEST_CASE("a frame's lists joined draw the same triangles in the same order", "[render]") {
  const render::GuiContext gui;
  ImGui::GetIO().DisplaySize = {200, 100};
#if IMGUI_VERSION_NUM >= 19200
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#endif
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  render::JoinedLists joined;
  // Twice: nothing of a frame may stay for the next one.
  for (int frame = 0; frame < 2; ++frame) {
    ImGui::NewFrame();
    for (const char* name : {"one", "two", "three"}) {
      ImGui::SetNextWindowSize({80, 60});  // one that finds its size itself is not drawn at once
      ImGui::Begin(name);
      ImGui::TextUnformatted(name);
      ImGui::GetWindowDrawList()->PushClipRect({0, 0}, {50, 50});
      ImGui::GetWindowDrawList()->AddRectFilled({1, 2}, {30, 40}, IM_COL32_WHITE);
      ImGui::GetWindowDrawList()->PopClipRect();
      ImGui::End();
    }
    ImGui::Render();
    const ImDrawData& apart = *ImGui::GetDrawData();
    const std::vector<ImVec2> expected = corners(apart);
    const ImDrawData together = joined.join(apart);
    REQUIRE(apart.CmdListsCount > 1);
    CHECK(together.CmdListsCount == 1);
    const std::vector<ImVec2> found = corners(together);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      REQUIRE(found[i].x == expected[i].x);
      REQUIRE(found[i].y == expected[i].y);
    }
  }
}

}  // namespace tessera::test::joined_lists_test
