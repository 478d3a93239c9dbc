#include "app/figure/groups_figure.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/figure/easel.h"
#include "app/figure/page_units.h"
#include "app/find_class.h"
#include "render/color_map.h"
#include "tessera/image/save.h"
#include "tessera/session/group_overlay.h"
#include "ui/theme.h"
#include "ui/widgets/text.h"

namespace tessera::app {
namespace {

// Unscaled pixels.
constexpr float page_width = 1080;
constexpr float page_margin = 40;
constexpr float picture_top = 100;
constexpr float picture_side = 300;
constexpr float picture_gap = 24;
constexpr float table_top = picture_top + picture_side + 34;
constexpr float header_height = 30;
constexpr float row_height = 60;
constexpr float sum_height = 26;
constexpr float thumb_side = 50;
constexpr float thumb_left = page_margin + 46;
constexpr float share_left = thumb_left + thumb_side + 20;
constexpr float share_width = 96;
constexpr float channels_left = share_left + share_width + 24;
constexpr float classes_left = channels_left + 166;
constexpr float footer_height = 64;

struct Row {
  std::string name;
  ImU32 colour = 0;
  std::shared_ptr<const Image> map;  // null: none
  double share = -1;                 // of ‖A‖²; below zero: none
  std::string channels;
  std::vector<float> contributions;  // one a class
};

struct Page {
  std::string title, subtitle;
  std::vector<std::pair<std::string, std::string>> facts;
  std::shared_ptr<const Image> picture, overlay;
  std::vector<std::string> classes;
  std::vector<Row> rows;  // groups, then the residual
  std::vector<Row> sums;  // bias, gap, logit
  float reach = 1;        // of the bars: the largest contribution of a group or the residual
  std::vector<std::string> remarks;

  ImVec2 size() const {
    return {page_width, table_top + header_height + float(rows.size()) * row_height + 10 +
                            float(sums.size()) * sum_height + footer_height + 18 * float(remarks.size())};
  }
};

ImU32 packed(factorization::Hue hue) { return IM_COL32(hue.red, hue.green, hue.blue, 255); }

std::string channels_of(const std::vector<factorization::ChannelWeight>& top) {
  constexpr std::size_t shown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, top.size()); ++i)
    text += (i == 0 ? "" : "  ") + std::to_string(top[i].channel);
  return text;
}

void add_rows(Page& page, const LayerGroupsReport& report) {
  const session::LayerGroups& groups = *report.groups;
  std::vector<session::GroupContributions> told;
  for (const int index : report.classes) told.push_back(report.attributions->to_class(index));
  const auto of_all = [&](auto value) {
    std::vector<float> values;
    for (const session::GroupContributions& one : told) values.push_back(value(one));
    return values;
  };
  for (int i = 0; i < groups.groups(); ++i) {
    const auto at = std::size_t(i);
    page.rows.push_back({std::to_string(i + 1), packed(groups.hues[at]),
                         std::make_shared<const Image>(session::overlay(groups, *page.picture, i)),
                         groups.explained(i), channels_of(groups.top_channels[at]),
                         of_all([at](const auto& one) { return one.groups[at]; })});
  }
  page.rows.push_back({"rest", packed(factorization::no_group),
                       std::make_shared<const Image>(session::residual_overlay(groups, *page.picture)),
                       groups.unexplained(), "in no group",
                       of_all([](const auto& one) { return one.residual; })});
  float reach = 0;
  for (const Row& row : page.rows)
    for (const float value : row.contributions) reach = std::max(reach, std::abs(value));
  if (reach > 0) page.reach = reach;
  page.sums.push_back({"bias: logit of a layer of zeros", 0, nullptr, -1, "",
                       of_all([](const auto& one) { return one.bias; })});
  page.sums.push_back(
      {"gap: missed by the method", 0, nullptr, -1, "", of_all([](const auto& one) { return one.gap; })});
  page.sums.push_back(
      {"logit: sum of all above", 0, nullptr, -1, "", of_all([](const auto& one) { return one.value; })});
}

Page page_of(const GroupsFigure& figure) {
  const LayerGroupsReport& report = *figure.report;
  const session::LayerGroups& groups = *report.groups;
  Page page;
  page.title = std::filesystem::path(report.image).filename().string();
  page.subtitle =
      std::to_string(groups.groups()) + " groups of neurons in " + groups.layer + " of " + report.card->name;
  page.picture = std::shared_ptr<const Image>(figure.seen, &figure.seen->image);
  page.overlay = std::make_shared<const Image>(session::overlay(groups, *page.picture));
  page.facts = {{"layer", std::to_string(groups.height) + " × " + std::to_string(groups.width) + " × " +
                              std::to_string(groups.factorization.channels())},
                {"groups of", objective_text(report)},
                {"found by", std::string(factorization::name(groups.factorization.method)) + ", seed " +
                                 std::to_string(groups.factorization.seed)},
                {"relative error", ui::number(groups.factorization.residual)},
                {"contributions", attribution_text(report)}};
  for (const int index : report.classes) page.classes.push_back(class_text(*report.card, index));
  page.remarks = report.remarks();
  add_rows(page, report);
  return page;
}

class Drawing {
 public:
  Drawing(Easel& easel, const Page& page)
      : easel_(easel), page_(page), colors_(ui::theme(ui::ThemeChoice::light)) {}

  void draw() {
    ui::apply_to_imgui(colors_, pixel_scale);
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("groups", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    list_ = ImGui::GetWindowDrawList();
    head();
    float y = table_top;
    header(y);
    y += header_height;
    for (const Row& row : page_.rows) {
      group_row(row, y);
      y += row_height;
    }
    y += 10;
    for (const Row& row : page_.sums) {
      sum_row(row, y);
      y += sum_height;
    }
    foot(y + 12);
    ImGui::End();
    easel_.textures().end_frame();
  }

 private:
  static float px(float length) { return length * pixel_scale; }
  static ImVec2 at(float x, float y) { return {px(x), px(y)}; }

  void text(ImFont* font, float x, float y, ImU32 color, const std::string& words, float most = 0,
            ui::Align align = ui::Align::left) {
    ui::draw_text(*list_, font, at(x, y), color, words, px(most), align);
  }
  void picture(const std::shared_ptr<const Image>& image, float x, float y, float side) {
    const float longest = float(std::max(image->width, image->height));
    const ImVec2 to = at(x + side * float(image->width) / longest, y + side * float(image->height) / longest);
    if (const render::TextureId texture = easel_.textures().picture(image, render::Sampling::linear))
      list_->AddImage(render::imgui_texture(texture), at(x, y), to);
  }
  void rule(float y) {
    const float line = std::round(px(y)) + 0.5f;
    list_->AddLine({px(page_margin), line}, {px(page_width - page_margin), line}, colors_.hairline, 1.5f);
  }
  float column_width() const {
    return (page_width - page_margin - classes_left) / float(std::max<std::size_t>(1, page_.classes.size()));
  }
  ImU32 sign_color(float value) const {
    render::ColorScale scale;
    scale.map = render::ColorMap::diverging;
    scale.low = -1;
    scale.high = 1;
    const render::Rgb rgb = render::color_of(value < 0 ? -0.75f : 0.75f, scale).color;
    return IM_COL32(rgb.r, rgb.g, rgb.b, 255);
  }

  void head() {
    const render::Fonts& fonts = easel_.fonts();
    text(fonts.title, page_margin, 34, colors_.ink, page_.title, page_width - 2 * page_margin);
    text(fonts.body, page_margin, 64, colors_.muted, page_.subtitle, page_width - 2 * page_margin);
    picture(page_.picture, page_margin, picture_top, picture_side);
    picture(page_.overlay, page_margin + picture_side + picture_gap, picture_top, picture_side);
    const float left = page_margin + 2 * (picture_side + picture_gap) + 8, value_left = left + 108;
    float y = picture_top;
    for (const auto& [name, value] : page_.facts) {
      text(fonts.small, left, y, colors_.muted, name);
      text(fonts.small, value_left, y, colors_.ink, value, page_width - page_margin - value_left);
      y += 22;
    }
  }

  void header(float y) {
    const render::Fonts& fonts = easel_.fonts();
    text(fonts.small, page_margin, y, colors_.muted, "group");
    text(fonts.small, share_left, y, colors_.muted, "share of ‖A‖²");
    text(fonts.small, channels_left, y, colors_.muted, "strongest channels");
    const float width = column_width();
    for (std::size_t i = 0; i < page_.classes.size(); ++i)
      text(fonts.small, classes_left + width * (float(i) + 0.5f), y, colors_.ink, page_.classes[i],
           width - 14, ui::Align::center);
    rule(y + header_height - 8);
  }

  void bars(const std::vector<float>& values, float y, bool draw_bar) {
    const render::Fonts& fonts = easel_.fonts();
    const float width = column_width(), half = width / 2 - 22;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const float centre = classes_left + width * (float(i) + 0.5f);
      const float value = values[i];
      if (draw_bar) {
        const float end = centre + half * std::clamp(value / page_.reach, -1.0f, 1.0f);
        list_->AddRectFilled(at(std::min(centre, end), y - 12), at(std::max(centre, end), y - 3),
                             sign_color(value));
        list_->AddLine(at(centre, y - 15), at(centre, y), colors_.faint, 1.5f);
      }
      text(fonts.number, centre, draw_bar ? y + 2 : y - 7, colors_.ink, ui::number(value), 0,
           ui::Align::center);
    }
  }

  void group_row(const Row& row, float y) {
    const render::Fonts& fonts = easel_.fonts();
    const float middle = y + row_height / 2;
    list_->AddRectFilled(at(page_margin, middle - 8), at(page_margin + 10, middle + 8), row.colour);
    text(fonts.body, page_margin + 16, middle - 8, colors_.ink, row.name);
    picture(row.map, thumb_left, y + (row_height - thumb_side) / 2, thumb_side);
    list_->AddRectFilled(at(share_left, middle - 12),
                         at(share_left + share_width * float(std::clamp(row.share, 0.0, 1.0)), middle - 3),
                         row.colour);
    list_->AddRect(at(share_left, middle - 12), at(share_left + share_width, middle - 3), colors_.hairline);
    text(fonts.number, share_left, middle + 2, colors_.ink, ui::percent(row.share));
    text(fonts.small, channels_left, middle - 7, colors_.muted, row.channels,
         classes_left - channels_left - 12);
    bars(row.contributions, middle, true);
    rule(y + row_height);
  }

  void sum_row(const Row& row, float y) {
    text(easel_.fonts().small, share_left, y + sum_height / 2 - 7, colors_.muted, row.name);
    bars(row.contributions, y + sum_height / 2, false);
  }

  void foot(float y) {
    const render::Fonts& fonts = easel_.fonts();
    text(fonts.small, page_margin, y, colors_.muted,
         "Maps: opacity is the strength, on one scale for all groups. Bars: what a group adds to the logit, "
         "on "
         "one scale, longest ±" +
             ui::number(page_.reach) + "; blue speaks against the class.",
         page_width - 2 * page_margin);
    for (const std::string& remark : page_.remarks) {
      y += 18;
      text(fonts.small, page_margin, y, colors_.warning, remark, page_width - 2 * page_margin);
    }
  }

  Easel& easel_;
  const Page& page_;
  ui::Theme colors_;
  ImDrawList* list_ = nullptr;
};

}  // namespace

WrittenGroups write_groups_figure(const GroupsFigure& figure, const std::filesystem::path& file) {
  const Page page = page_of(figure);
  Easel easel(find_data_folder(), page.size(), pixel_scale);
  Drawing drawing(easel, page);
  // ImGui learns the sizes of things in a first frame.
  for (int frame = 0; frame < 2; ++frame) easel.frame([&] { drawing.draw(); });
  const Image picture = easel.picture();
  image::save_png(picture, file, {}, pixels_per_inch * double(pixel_scale));
  return {picture.width, picture.height};
}

}  // namespace tessera::app
