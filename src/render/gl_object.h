#pragma once

#include <epoxy/gl.h>

#include <utility>

namespace tessera::render {

// Owns one OpenGL object. Made and destroyed with its context current; a moved-from object owns nothing.
template <class Kind>
class GlObject {
 public:
  GlObject() : id_(Kind::create()) {}
  explicit GlObject(GLuint id) : id_(id) {}
  ~GlObject() { reset(); }
  GlObject(GlObject&& other) noexcept : id_(std::exchange(other.id_, 0)) {}
  GlObject& operator=(GlObject&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, 0);
    }
    return *this;
  }
  GlObject(const GlObject&) = delete;
  GlObject& operator=(const GlObject&) = delete;

  GLuint id() const { return id_; }

 private:
  void reset() {
    if (id_ != 0) Kind::destroy(id_);
    id_ = 0;
  }

  GLuint id_;
};

namespace gl_kind {

struct Texture {
  static GLuint create() {
    GLuint id = 0;
    glGenTextures(1, &id);
    return id;
  }
  static void destroy(GLuint id) { glDeleteTextures(1, &id); }
};

struct Framebuffer {
  static GLuint create() {
    GLuint id = 0;
    glGenFramebuffers(1, &id);
    return id;
  }
  static void destroy(GLuint id) { glDeleteFramebuffers(1, &id); }
};

struct Renderbuffer {
  static GLuint create() {
    GLuint id = 0;
    glGenRenderbuffers(1, &id);
    return id;
  }
  static void destroy(GLuint id) { glDeleteRenderbuffers(1, &id); }
};

struct VertexArray {
  static GLuint create() {
    GLuint id = 0;
    glGenVertexArrays(1, &id);
    return id;
  }
  static void destroy(GLuint id) { glDeleteVertexArrays(1, &id); }
};

struct Program {
  static GLuint create() { return glCreateProgram(); }
  static void destroy(GLuint id) { glDeleteProgram(id); }
};

// Made with its stage: GlShader(glCreateShader(GL_VERTEX_SHADER)).
struct Shader {
  static void destroy(GLuint id) { glDeleteShader(id); }
};

}  // namespace gl_kind

using GlTexture = GlObject<gl_kind::Texture>;
using GlFramebuffer = GlObject<gl_kind::Framebuffer>;
using GlRenderbuffer = GlObject<gl_kind::Renderbuffer>;
using GlVertexArray = GlObject<gl_kind::VertexArray>;
using GlProgram = GlObject<gl_kind::Program>;
using GlShader = GlObject<gl_kind::Shader>;

}  // namespace tessera::render
