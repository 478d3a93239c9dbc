#pragma once

#include <filesystem>
#include <string>

#include "render/gl_object.h"

namespace tessera::render {

// Compiles and links FOLDER/NAME.vert and FOLDER/NAME.frag. Throws Error: no such file, or the compiler's own
// words.
GlProgram load_program(const std::filesystem::path& folder, const std::string& name);

}  // namespace tessera::render
