#include "app/figure/attribution_map.h"

#include <algorithm>
#include <cmath>

#include "app/figure/easel.h"
#include "app/figure/page_units.h"
#include "tessera/image/save.h"
#include "ui/theme.h"
#include "ui/widgets/text.h"

namespace tessera::app {
namespace {

const ImVec2 map_page{520, 640};
constexpr float map_margin = 36;
constexpr float map_top = 92;
constexpr float map_side = 448;

// Symmetric about zero, so that equal strengths look equally strong.
render::ColorScale scale_of(const Cube& values) {
  float reach = 0;
  for (const float value : values.values)
    if (std::isfinite(value)) reach = std::max(reach, std::abs(value));
  render::ColorScale scale;
  scale.map = render::ColorMap::diverging;
  scale.ground = render::Ground::light;
  scale.high = reach > 0 ? reach : 1;
  scale.low = -scale.high;
  return scale;
}

void draw(Easel& easel, const AttributionMap& map, float px) {
  const ui::Theme colors = ui::theme(ui::ThemeChoice::light);
  ui::apply_to_imgui(colors, px);
  const render::Fonts& fonts = easel.fonts();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("map", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = map_margin * px;
  const float width = map_side * px;
  ui::draw_text(list, fonts.title, {left, map_margin * px}, colors.ink, map.title, width);
  ui::draw_text(list, fonts.small, {left, (map_margin + 28) * px}, colors.muted, map.subtitle, width);

  // As large as fits the square, in the layer's own proportions.
  const float longest = float(std::max(map.values->height, map.values->width));
  const ImVec2 from{left, map_top * px};
  const ImVec2 to{from.x + width * float(map.values->width) / longest,
                  from.y + width * float(map.values->height) / longest};
  const render::ColorScale scale = scale_of(*map.values);
  const render::Atlas atlas = easel.textures().channels(map.values, scale, render::Sampling::nearest);
  if (atlas.texture) {
    const render::TextureRegion region = atlas.region(0);
    list.AddImage(render::imgui_texture(atlas.texture), from, to, {region.u0, region.v0},
                  {region.u1, region.v1});
  }
  list.AddRect(from, to, colors.hairline);

  const float bar_top = (map_top + map_side + 14) * px;
  const ImVec2 bar_to{left + width, bar_top + 10 * px};
  if (const render::TextureId bar = easel.textures().color_bar(scale))
    list.AddImage(render::imgui_texture(bar), {left, bar_top}, bar_to);
  list.AddRect({left, bar_top}, bar_to, colors.hairline);
  const float below = bar_to.y + 4 * px;
  ui::draw_text(list, fonts.small, {left, below}, colors.ink, ui::number(scale.low));
  ui::draw_text(list, fonts.small, {left + width / 2, below}, colors.ink, "0", 0, ui::Align::center);
  ui::draw_text(list, fonts.small, {left + width, below}, colors.ink, ui::number(scale.high), 0,
                ui::Align::right);
  ui::draw_text(list, fonts.small, {left, below + 22 * px}, colors.muted, map.remark, width);
  ImGui::End();
  easel.textures().end_frame();
}

}  // namespace

WrittenMap write_attribution_map(const AttributionMap& map, const std::filesystem::path& file) {
  Easel easel(find_data_folder(), map_page, pixel_scale);
  // ImGui learns the sizes of things in a first frame.
  for (int frame = 0; frame < frames_to_settle; ++frame) easel.frame([&] { draw(easel, map, pixel_scale); });
  const Image picture = easel.picture();
  image::save_png(picture, file, {}, pixels_per_inch * double(pixel_scale));
  return {picture.width, picture.height};
}

}  // namespace tessera::app
