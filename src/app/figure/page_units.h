#pragma once

// The units of figures drawn without a window.
namespace tessera::app {

inline constexpr double pixels_per_inch = 96;  // of unscaled pixels
inline constexpr float pixel_scale = 2;        // pixels for one unscaled pixel, where nobody chooses
inline constexpr int frames_to_settle = 2;     // Dear ImGui learns the sizes of things in a first frame

}  // namespace tessera::app
