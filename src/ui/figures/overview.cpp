#include "ui/figures/overview.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tessera/session/queries.h"
#include "ui/context.h"
#include "ui/widgets/heat_map.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float page_margin = 40;
constexpr float left_width = 300;
constexpr float column_gap = 48;
constexpr float tile_gap = 10;
constexpr int tiles_per_layer = 8;
constexpr std::size_t most_layers = 4;
constexpr std::size_t shown_classes = 8;

// The answers of one frame, and whether any is missing.
struct Content {
  std::shared_ptr<const model::ModelCard> card;
  std::shared_ptr<const model::Classification> verdict;
  std::shared_ptr<const image::Fitted> seen;
  std::vector<const model::LayerInfo*> layers;
  std::vector<std::shared_ptr<const session::LayerActivations>>
      activations;  // one for each layer, may be null
  FigureStatus status{true, nullptr};
};

template <engine::Query Q>
std::shared_ptr<const typename Q::Result> take(Content& content, engine::Engine& engine, const Q& query) {
  auto answer = engine.ask(query);
  if (answer.failed()) content.status.error = answer.error;
  if (!answer.ready()) content.status.complete = false;
  return answer.ready() ? answer.value : nullptr;
}

Content gather(engine::Engine& engine, const FigureRequest& request) {
  Content content;
  content.card = take(content, engine, session::OpenModel{request.model});
  if (!content.card) return content;
  content.seen = take(content, engine, session::NetworkView{request.image, content.card->preprocessing.fit});
  content.verdict = take(content, engine, session::Classify{request.model, request.image});
  for (const model::LayerInfo& layer : content.card->layers)
    if (layer.suggested && content.layers.size() < most_layers) content.layers.push_back(&layer);
  for (const model::LayerInfo* layer : content.layers)
    content.activations.push_back(
        take(content, engine, session::Activations{request.model, request.image, layer->name}));
  return content;
}

void picture(Context& context, const std::shared_ptr<const image::Fitted>& seen, const Rect& where) {
  const std::shared_ptr<const Image> image(seen, &seen->image);
  if (const render::TextureId texture = context.textures.picture(image, render::Sampling::linear))
    ImGui::GetWindowDrawList()->AddImage(render::imgui_texture(texture), where.from, where.to);
}

void rule(Context& context, float from, float to, float y) {
  y = std::round(y) + 0.5f;
  ImGui::GetWindowDrawList()->AddLine({from, y}, {to, y}, context.theme.hairline,
                                      std::max(1.0f, context.scale * 0.75f));
}

void left_column(Context& context, const FigureRequest& request, const Content& content, ImVec2 at) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = context.px(left_width);
  float y = at.y;
  draw_text(list, context.fonts.strong, {at.x, y}, context.theme.ink,
            request.image.file.path.filename().string(), width);
  y += context.px(26);
  if (content.seen) {
    const float height = width * float(content.seen->image.height) / float(content.seen->image.width);
    picture(context, content.seen, {{at.x, y}, {at.x + width, y + height}});
    y += height + context.px(30);
  }
  const float title_width = draw_text(list, context.fonts.strong, {at.x, y}, context.theme.ink, "Classes");
  if (content.card)
    draw_text(list, context.fonts.small, {at.x + width, y + context.px(2)}, context.theme.muted,
              content.card->name, width - title_width - context.px(12), Align::right);
  y += context.px(22);
  rule(context, at.x, at.x + width, y);
  y += context.px(9);
  if (!content.verdict) return;
  for (std::size_t i = 0; i < std::min(shown_classes, content.verdict->classes.size()); ++i) {
    const model::ClassScore& score = content.verdict->classes[i];
    const float bar_from = at.x + width - context.px(130);
    draw_text(list, context.fonts.body, {at.x, y}, context.theme.ink, score.label,
              bar_from - at.x - context.px(10));
    const float middle = y + render::font_size(context.fonts.body) / 2;
    const float length = std::max(context.px(1), context.px(76) * score.probability);
    list.AddRectFilled({bar_from, middle - context.px(4)}, {bar_from + length, middle + context.px(4)},
                       context.theme.bar);
    draw_text(list, context.fonts.number, {at.x + width, y}, context.theme.muted, percent(score.probability),
              0, Align::right);
    y += context.px(22);
  }
  for (const std::string& warning : content.verdict->warnings)
    y += draw_wrapped(list, context.fonts.small, {at.x, y + context.px(6)}, context.theme.warning, warning,
                      width) +
         context.px(6);
}

void layer_row(Context& context, const Content& content, std::size_t index, const Rect& where) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const model::LayerInfo& layer = *content.layers[index];
  const std::string shape = std::to_string(layer.channels) + " channels · " + std::to_string(layer.height) +
                            " × " + std::to_string(layer.width);
  const float taken = draw_text(list, context.fonts.strong, where.from, context.theme.ink, layer.name);
  draw_text(list, context.fonts.small, {where.from.x + taken + context.px(12), where.from.y + context.px(2)},
            context.theme.muted, shape);
  rule(context, where.from.x, where.to.x, where.from.y + context.px(22));
  const auto& activations = content.activations[index];
  if (!activations || !content.seen) return;

  SheetOptions options;
  options.sampling = MapSampling::cells;
  const float side =
      (where.width() - float(tiles_per_layer - 1) * context.px(tile_gap)) / float(tiles_per_layer);
  const float aspect = float(content.seen->image.height) / float(content.seen->image.width);
  const float top = where.from.y + context.px(32);
  const int shown = std::min(tiles_per_layer, activations->cube->channels);
  for (int i = 0; i < shown; ++i) {
    const int channel = activations->by_deviation[std::size_t(i)];
    const float x = std::round(where.from.x + float(i) * (side + context.px(tile_gap)));
    const Rect tile{{x, top}, {x + side, top + side * aspect}};
    picture(context, content.seen, tile);
    const bool light = context.theme.ground == render::Ground::light;
    list.AddRectFilled(tile.from, tile.to, light ? IM_COL32(255, 255, 255, 130) : IM_COL32(0, 0, 0, 150));
    draw_channel(context, *activations, options, channel, tile, true);
    const float below = tile.to.y + context.px(4);
    draw_text(list, context.fonts.small, {tile.from.x, below}, context.theme.ink, std::to_string(channel));
    draw_text(list, context.fonts.small, {tile.to.x, below}, context.theme.muted,
              number(activations->channel_maximum[std::size_t(channel)]), 0, Align::right);
  }
  const render::ColorScale scale = activation_scale(*activations, options, context.theme.ground);
  const float bar_to = where.to.x - context.px(24);
  const ImVec2 bar{bar_to - context.px(110), where.from.y + context.px(4)};
  if (const render::TextureId texture = context.textures.color_bar(scale))
    list.AddImage(render::imgui_texture(texture), bar, {bar_to, bar.y + context.px(8)});
  const float number_y = bar.y + context.px(4) - render::font_size(context.fonts.small) / 2;
  draw_text(list, context.fonts.small, {bar.x - context.px(6), number_y}, context.theme.muted,
            number(scale.low), 0, Align::right);
  draw_text(list, context.fonts.small, {bar_to + context.px(6), number_y}, context.theme.muted,
            number(scale.high));
}

}  // namespace

ImVec2 overview_figure_size() { return {1440, 860}; }

FigureStatus draw_overview_figure(engine::Engine& engine, render::Textures& textures,
                                  const render::Fonts& fonts, const FigureRequest& request, float scale) {
  engine.begin_frame();
  const Theme colors = theme(request.theme);
  apply_to_imgui(colors, scale);
  Marks marks;
  Actions actions;
  Hovered hovered;
  Context context{engine, textures, fonts, colors, marks, actions, hovered, scale};
  const Content content = gather(engine, request);

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("figure", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  const float margin = context.px(page_margin);
  left_column(context, request, content, {margin, margin});
  const float from = margin + context.px(left_width + column_gap);
  const Rect right{{from, margin}, {size.x - margin, size.y - margin}};
  const float step =
      content.layers.empty() ? 0 : (right.height() + context.px(10)) / float(content.layers.size());
  for (std::size_t i = 0; i < content.layers.size(); ++i)
    layer_row(context, content, i,
              {{right.from.x, right.from.y + float(i) * step}, {right.to.x, right.to.y}});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, fonts.small, {margin, size.y - margin}, colors.muted,
            "The channels that vary most over the image (standard deviation), with their maximum; one colour "
            "scale a layer.",
            size.x - 2 * margin);
  ImGui::End();
  engine.end_frame();
  textures.end_frame();
  return content.status;
}

}  // namespace tessera::ui
