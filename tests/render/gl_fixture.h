#pragma once

#include <filesystem>
#include <memory>

#include "render/egl_context.h"

namespace tessera::test {

// An OpenGL context without a window, current as long as this lives; null where this machine has no EGL,
// which is said as a warning of the running test: it passes over what needs one.
std::unique_ptr<render::EglContext> gl_or_warn();

// Where the shaders of this checkout are.
std::filesystem::path shader_folder();

}  // namespace tessera::test
