#include "render/shader_program.h"

#include <fstream>
#include <iterator>

#include "tessera/base/error.h"

namespace tessera::render {
namespace {

std::string source_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in || text.empty())
    throw Error("the shader cannot be read", file.string(), "Install Tessera's data folder again");
  return text;
}

GlShader compile(GLenum stage, const std::filesystem::path& file) {
  const std::string source = source_of(file);
  GlShader shader(glCreateShader(stage));
  const char* text = source.c_str();
  glShaderSource(shader.id(), 1, &text, nullptr);
  glCompileShader(shader.id());
  GLint compiled = 0;
  glGetShaderiv(shader.id(), GL_COMPILE_STATUS, &compiled);
  if (!compiled) {
    char log[1024] = "";
    glGetShaderInfoLog(shader.id(), sizeof log, nullptr, log);
    throw Error(std::string("the graphics driver refuses the shader: ") + log, file.string());
  }
  return shader;
}

}  // namespace

GlProgram load_program(const std::filesystem::path& folder, const std::string& name) {
  const GlShader vertex = compile(GL_VERTEX_SHADER, folder / (name + ".vert"));
  const GlShader fragment = compile(GL_FRAGMENT_SHADER, folder / (name + ".frag"));
  GlProgram program;
  glAttachShader(program.id(), vertex.id());
  glAttachShader(program.id(), fragment.id());
  glLinkProgram(program.id());
  GLint linked = 0;
  glGetProgramiv(program.id(), GL_LINK_STATUS, &linked);
  if (!linked) {
    char log[1024] = "";
    glGetProgramInfoLog(program.id(), sizeof log, nullptr, log);
    throw Error(std::string("the graphics driver cannot link the shader: ") + log, (folder / name).string());
  }
  return program;
}

}  // namespace tessera::render
