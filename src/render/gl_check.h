#pragma once

#include <string>

namespace tessera::render {

// Throws Error where the current context is older than what Tessera draws with (OpenGL 3.3).
void require_gl();

// "OpenGL 4.5 (Core Profile) Mesa 22.3.6, llvmpipe": for notes and error messages.
std::string gl_description();

// Throws Error where OpenGL reported one since the last check. `doing` names the step: "uploading a picture".
void check_gl(const std::string& doing);

}  // namespace tessera::render
