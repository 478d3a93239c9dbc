#pragma once

#include <filesystem>
#include <memory>

#include "render/egl_context.h"

namespace tessera::test {

// An OpenGL context without a window, current as long as this lives. Ends the test as skipped where this
// machine has no EGL.
std::unique_ptr<render::EglContext> gl_or_skip();

// Where the shaders of this checkout are.
std::filesystem::path shader_folder();

}  // namespace tessera::test
