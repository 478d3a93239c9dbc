#pragma once

#include <filesystem>
#include <string>

#include "render/imgui_compat.h"

namespace tessera::render {

// The faces that everything is set in, by role, loaded for one display scale. Never null once loaded.
struct Fonts {
  ImFont* small = nullptr;   // secondary text, numbers on axes
  ImFont* body = nullptr;    // what is read
  ImFont* strong = nullptr;  // section titles, what stands out in a list
  ImFont* title = nullptr;   // the name of what is on the stage
  ImFont* number = nullptr;  // digits of one width, for columns
};

struct LoadedFonts {
  Fonts fonts;
  std::string note;  // a sentence for a person where something else than Inter is shown; else empty
};

// Adds the faces to the current ImGui context, before its first frame, from FOLDER/Inter-*.otf: Latin with
// all accents, Greek, Cyrillic, arrows and mathematical signs. `scale`: screen pixels for one unscaled pixel.
// `density`: framebuffer pixels for one screen pixel, where the platform counts those apart (1 on X11 and
// Windows). Where a file is missing or is no font, ImGui's own takes its place, without any of that.
LoadedFonts load_fonts(const std::filesystem::path& folder, float scale, float density = 1);

}  // namespace tessera::render
