#include "render/fonts.h"

#include <fstream>

#include "render/gui_context.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace tessera::test::fonts_test {

using namespace tessera;
using namespace tessera::render;
using tessera::test::Approx;

namespace {

std::filesystem::path font_folder() { return test::source_folder() / "assets" / "fonts"; }

void build() {
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
}

float width_of(ImFont* font, const char* text) {
  return font->CalcTextSizeA(font_size(font), 1e9f, 0, text).x;
}

}  // namespace

TEST_CASE("the bundled faces are there and have every sign that the views use", "[render]") {
  const GuiContext gui;
  const LoadedFonts loaded = load_fonts(font_folder(), 1);
  build();
  CHECK(loaded.note.empty());
  const Fonts& fonts = loaded.fonts;
  for (ImFont* font : {fonts.small, fonts.body, fonts.strong, fonts.title, fonts.number})
    for (const char32_t sign : U"Aaz09.,%éßñŁž×−–—·…“”‘’←→↑↓≤≈∞▲▼σ") {
      if (sign == 0) continue;
      INFO("U+" << std::hex << unsigned(sign));
      CHECK(has_glyph(font, ImWchar(sign)));
    }
  for (ImFont* font : {fonts.small, fonts.body})
    for (const char32_t sign : U"ЖёΩ√∂Σ⌘✓✗") {
      if (sign == 0) continue;
      INFO("U+" << std::hex << unsigned(sign));
      CHECK(has_glyph(font, ImWchar(sign)));
    }
}

TEST_CASE("columns of numbers line up", "[render]") {
  const GuiContext gui;
  const Fonts fonts = load_fonts(font_folder(), 1).fonts;
  build();
  CHECK(width_of(fonts.number, "111") == Approx(width_of(fonts.number, "888")));
  CHECK(width_of(fonts.number, "0") == Approx(width_of(fonts.number, "4")));
  CHECK(width_of(fonts.body, "111") < width_of(fonts.body, "888"));
}

TEST_CASE("the faces grow with the display's scale", "[render]") {
  float unscaled = 0;
  {
    const GuiContext gui;
    unscaled = font_size(load_fonts(font_folder(), 1).fonts.body);
  }
  const GuiContext gui;
  CHECK(font_size(load_fonts(font_folder(), 2).fonts.body) == Approx(2 * unscaled));
}

TEST_CASE("more framebuffer pixels make the faces finer and no larger", "[render]") {
  float coarse = 0;
  {
    const GuiContext gui;
    ImFont* font = load_fonts(font_folder(), 1).fonts.body;
    build();
    coarse = width_of(font, "Tessera");
  }
  const GuiContext gui;
  ImFont* font = load_fonts(font_folder(), 1, 2).fonts.body;
  build();
  CHECK(width_of(font, "Tessera") == Approx(coarse).margin(0.5));
}

TEST_CASE("without the font files there is still text, and a note about it", "[render]") {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "Inter-SemiBold.otf") << "not a font";
  const GuiContext gui;
  const LoadedFonts loaded = load_fonts(folder.path(), 1.5f);
  build();
  CHECK_FALSE(loaded.note.empty());
  for (ImFont* font :
       {loaded.fonts.small, loaded.fonts.body, loaded.fonts.strong, loaded.fonts.title, loaded.fonts.number})
    CHECK(width_of(font, "Tessera") > 0);
}

}  // namespace tessera::test::fonts_test
