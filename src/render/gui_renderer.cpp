#include "render/gui_renderer.h"

#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "render/gl_check.h"
#include "tessera/base/error.h"

namespace tessera::render {

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

void GuiRenderer::draw() { ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData()); }

}  // namespace tessera::render
