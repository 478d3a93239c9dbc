#include "render/gui_renderer.h"

#include <backends/imgui_impl_opengl3.h>
#include <epoxy/gl.h>
#include <imgui.h>

#include "render/gl_check.h"
#include "tessera/base/error.h"

namespace tessera::render {
namespace {

#if IMGUI_VERSION_NUM >= 19200
// Later versions of the backend bind a sampler of their own, which would put an end to textures' own
// sampling.
void sample_as_textures_say(const ImDrawList*, const ImDrawCmd*) { glBindSampler(0, 0); }

void keep_textures_sampling(ImDrawData& data) {
  if (data.CmdLists.empty()) return;
  ImDrawCmd first;
  first.UserCallback = sample_as_textures_say;
  data.CmdLists[0]->CmdBuffer.push_front(first);
}
#else
void keep_textures_sampling(ImDrawData&) {}
#endif

}  // namespace

GuiRenderer::GuiRenderer() {
  if (!ImGui_ImplOpenGL3_Init("#version 330 core"))
    throw Error("the user interface cannot be drawn with this graphics driver", gl_description(),
                "Install libGL (on Debian and Ubuntu: libgl1)");
}

GuiRenderer::~GuiRenderer() { ImGui_ImplOpenGL3_Shutdown(); }

void GuiRenderer::new_frame() { ImGui_ImplOpenGL3_NewFrame(); }

void GuiRenderer::fonts_changed() {
#if IMGUI_VERSION_NUM < 19200  // which notices by itself
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  if (!ImGui_ImplOpenGL3_CreateFontsTexture()) throw Error("the fonts cannot be drawn", gl_description());
#endif
}

void GuiRenderer::draw() {
  ImDrawData joined = lists_.join(*ImGui::GetDrawData());
  keep_textures_sampling(joined);
  ImGui_ImplOpenGL3_RenderDrawData(&joined);
}

}  // namespace tessera::render
