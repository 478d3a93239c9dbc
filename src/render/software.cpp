#include "render/software.h"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace tessera::render {

bool draws_in_software() {
  const auto* text = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  if (!text) return false;
  const std::string_view renderer(text);
  constexpr std::array<std::string_view, 5> on_the_processor{"llvmpipe", "softpipe", "swrast", "SWR",
                                                             "Microsoft Basic Render"};
  return std::ranges::any_of(
      on_the_processor, [&](std::string_view name) { return renderer.find(name) != std::string_view::npos; });
}

}  // namespace tessera::render
