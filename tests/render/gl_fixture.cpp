#include "gl_fixture.h"

#include "support/paths.h"
#include "support/skip.h"
#include "tessera/base/error.h"

namespace tessera::test {

std::unique_ptr<render::EglContext> gl_or_skip() {
  try {
    return std::make_unique<render::EglContext>();
  } catch (const Error& error) {
    skip(error.what());
  }
}

std::filesystem::path shader_folder() { return source_folder() / "shaders"; }

}  // namespace tessera::test
