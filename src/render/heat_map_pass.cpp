#include "render/heat_map_pass.h"

#include "render/color_map.h"
#include "render/gl_check.h"
#include "render/shader_program.h"
#include "render/texture_upload.h"

namespace tessera::render {
namespace {

class KeptTarget {
 public:
  KeptTarget() {
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer_);
    glGetIntegerv(GL_VIEWPORT, viewport_);
  }
  ~KeptTarget() {
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, GLuint(framebuffer_));
    glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  }
  KeptTarget(const KeptTarget&) = delete;
  KeptTarget& operator=(const KeptTarget&) = delete;

 private:
  GLint framebuffer_ = 0;
  GLint viewport_[4] = {};
};

GlTexture upload_table(ColorMap map, Ground ground) {
  std::array<std::uint8_t, 256 * 3> bytes{};
  std::size_t at = 0;
  for (const Rgb color : color_table(map, ground)) {
    bytes[at++] = color.r;
    bytes[at++] = color.g;
    bytes[at++] = color.b;
  }
  return upload_colors(256, 1, bytes, Sampling::nearest);
}

void bind(GLenum unit, const GlTexture& texture) {
  glActiveTexture(unit);
  glBindTexture(GL_TEXTURE_2D, texture.id());
}

}  // namespace

HeatMapPass::HeatMapPass(const std::filesystem::path& shaders)
    : program_(load_program(shaders, "heat_map")), tables_{upload_table(ColorMap::sequential, Ground::light),
                                                           upload_table(ColorMap::sequential, Ground::dark),
                                                           upload_table(ColorMap::diverging, Ground::light),
                                                           upload_table(ColorMap::diverging, Ground::dark),
                                                           upload_table(ColorMap::neutral, Ground::light),
                                                           upload_table(ColorMap::neutral, Ground::dark),
                                                           upload_table(ColorMap::veil, Ground::light),
                                                           upload_table(ColorMap::veil, Ground::dark)} {
  glUseProgram(program_.id());
  glUniform1i(uniform("values"), 0);
  glUniform1i(uniform("ranges"), 1);
  glUniform1i(uniform("table"), 2);
  glUniform1i(uniform("border"), Atlas::border);
  glUniform1f(uniform("veil_opacity"), veil_opacity);
  const Rgb grey = not_finite_color();
  glUniform3f(uniform("not_finite"), float(grey.r) / 255, float(grey.g) / 255, float(grey.b) / 255);
  check_gl("preparing heat maps");
}

GLint HeatMapPass::uniform(const char* name) const { return glGetUniformLocation(program_.id(), name); }

const GlTexture& HeatMapPass::table(const ColorScale& scale) const {
  return tables_[std::size_t(scale.map) * 2 + std::size_t(scale.ground == Ground::dark)];
}

void HeatMapPass::draw(const Atlas& atlas, int channels, const GlTexture& values, const GlTexture& ranges,
                       const ColorScale& scale, const GlTexture& target) {
  const KeptTarget kept;
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer_.id());
  glFramebufferTexture2D(GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, target.id(), 0);
  glViewport(0, 0, atlas.width(), atlas.height());
  glDisable(GL_BLEND);
  glDisable(GL_SCISSOR_TEST);
  glUseProgram(program_.id());
  glBindVertexArray(nothing_.id());
  bind(GL_TEXTURE2, table(scale));
  bind(GL_TEXTURE1, ranges);
  bind(GL_TEXTURE0, values);
  glUniform2i(uniform("tile"), atlas.tile_width, atlas.tile_height);
  glUniform2i(uniform("cell"), atlas.cell_width(), atlas.cell_height());
  glUniform1i(uniform("columns"), atlas.columns);
  glUniform1i(uniform("channels"), channels);
  glUniform2f(uniform("range"), scale.low, scale.high);
  glUniform1i(uniform("diverging"), scale.is_signed());
  glUniform1i(uniform("per_channel"), scale.per_channel);
  glUniform1i(uniform("fade"), scale.fade);
  glUniform1i(uniform("veil"), scale.map == ColorMap::veil);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  // The target must not stay attached while it is drawn from, nor outlive its texture.
  glFramebufferTexture2D(GL_DRAW_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, 0, 0);
  update_levels(target);
  check_gl("colouring heat maps");
}

}  // namespace tessera::render
