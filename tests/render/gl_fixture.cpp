#include "gl_fixture.h"

#include "support/catch.h"
#include "support/paths.h"
#include "tessera/base/error.h"

namespace tessera::test {

std::unique_ptr<render::EglContext> gl_or_warn() {
  try {
    return std::make_unique<render::EglContext>();
  } catch (const Error& error) {
    WARN("passed over: " << error.what());
    return nullptr;
  }
}

std::filesystem::path shader_folder() { return source_folder() / "shaders"; }

}  // namespace tessera::test
