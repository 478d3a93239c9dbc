#include "render/gl_check.h"

#include <epoxy/gl.h>

#include "tessera/base/error.h"

namespace tessera::render {
namespace {

constexpr int oldest_version = 33;  // as libepoxy counts: 3.3

std::string name_of(GLenum error) {
  switch (error) {
    case GL_INVALID_ENUM:
      return "invalid enum";
    case GL_INVALID_VALUE:
      return "invalid value";
    case GL_INVALID_OPERATION:
      return "invalid operation";
    case GL_INVALID_FRAMEBUFFER_OPERATION:
      return "invalid framebuffer operation";
    case GL_OUT_OF_MEMORY:
      return "out of memory";
    default:
      return "error " + std::to_string(error);
  }
}

std::string text_of(GLenum what) {
  const GLubyte* text = glGetString(what);
  return text ? reinterpret_cast<const char*>(text) : "unknown";
}

}  // namespace

void require_gl() {
  if (!epoxy_is_desktop_gl() || epoxy_gl_version() < oldest_version)
    throw Error("the graphics driver does not offer OpenGL 3.3", gl_description(),
                "Update the driver, or install Mesa");
}

std::string gl_description() { return "OpenGL " + text_of(GL_VERSION) + ", " + text_of(GL_RENDERER); }

void check_gl(const std::string& doing) {
  const GLenum first = glGetError();
  if (first == GL_NO_ERROR) return;
  // A lost context reports forever.
  for (int i = 0; i < 16 && glGetError() != GL_NO_ERROR; ++i) {
  }
  throw Error("the graphics driver failed while " + doing + " (" + name_of(first) + ")", gl_description());
}

}  // namespace tessera::render
