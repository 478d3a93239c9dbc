#pragma once

#include <imgui.h>

#include <cstdint>

// What differs between Dear ImGui 1.86 and 1.92, in one place. (Keys: ui/keys.h.)
namespace tessera::render {

// The size in screen pixels at which a font is drawn unless something else is asked for.
inline float font_size(const ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  return font->LegacySize * font->Scale;
#else
  return font->FontSize * font->Scale;
#endif
}

inline void push_font(ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, font->LegacySize);
#else
  ImGui::PushFont(font);
#endif
}

// Whether the font itself has a sign, once the fonts are built.
inline bool has_glyph(ImFont* font, ImWchar sign) {
#if IMGUI_VERSION_NUM >= 19200
  return font->IsGlyphInFont(sign);
#else
  return font->FindGlyphNoFallback(sign) != nullptr;
#endif
}

inline ImTextureID imgui_texture(std::uintptr_t texture) {
  return (ImTextureID)texture;  // a pointer before 1.91.4, an integer since
}

}  // namespace tessera::render
