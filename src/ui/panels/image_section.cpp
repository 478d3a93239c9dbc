#include "ui/panels/image_section.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/panels/folding_title.h"
#include "ui/scene.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

constexpr float greatest_picture = 320;  // its height
constexpr float low_picture = 156;       // what is enough of it
constexpr float least_picture = 132;     // what stands beside it is as high
constexpr float beside_picture = 78;     // the width of that
constexpr float beside_gap = 12;
constexpr float line_gap = 5;

struct Opener {
  const char* name;
  const char* label;
  Overlay overlay;
};

std::vector<Opener> openers(const AppState& state) {
  std::vector<Opener> found{{"rail/open image", "Open image", Overlay::open_image},
                            {"rail/open model", "Open model", Overlay::open_model}};
  if (!state.recent_images.empty() || !state.recent_models.empty())
    found.push_back({"rail/recent files", "Recent", Overlay::recent_files});
  if (state.image && state.model) found.push_back({"rail/export", "Export", Overlay::export_figure});
  return found;
}

void open_button(Context& context, const Opener& opener) {
  if (text_button(context, opener.name, opener.label, context.fonts.small))
    context.emit(action::ShowOverlay{opener.overlay});
}

float line_height(const Context& context) {
  return render::font_size(context.fonts.small) + context.px(line_gap);
}

// Where the openers stand, in as many lines as they need.
std::vector<ImVec2> places_of_openers(const Context& context, const std::vector<Opener>& openers,
                                      float width) {
  const auto wide = [&](const Opener& opener) { return text_size(context.fonts.small, opener.label).x; };
  float taken = 0;
  for (const Opener& opener : openers) taken += wide(opener);
  const float fitting = (width - taken) / float(std::max<std::size_t>(1, openers.size() - 1));
  const float gap = std::clamp(fitting, context.px(8), context.px(16));
  std::vector<ImVec2> places;
  ImVec2 at{0, 0};
  for (const Opener& opener : openers) {
    if (at.x > 0 && at.x + wide(opener) > width + 1) at = {0, at.y + line_height(context) + context.px(2)};
    places.push_back(at);
    at.x += wide(opener) + gap;
  }
  return places;
}

// The file's name and size, and what opens others.
float height_beneath(const AppState& state, const Context& context, float width) {
  const float last = places_of_openers(context, openers(state), width).back().y;
  return 2 * line_height(context) + last + context.px(line_gap);
}

float aspect_of(const std::optional<Scene>& scene) { return scene ? scene->aspect() : 1.0f; }

// How high the picture is at most in a section as wide.
float most_beneath(const Context& context, float aspect, float width) {
  return std::min(width * aspect, context.px(greatest_picture));
}

float most_beside(const Context& context, float aspect, float width) {
  return most_beneath(context, aspect, width - context.px(beside_picture + beside_gap));
}

std::string size_text(const AppState& state, Context& context) {
  const auto image = context.engine.ask(session::OpenImage{*state.image}).value;
  return image ? std::to_string(image->width) + " × " + std::to_string(image->height) : "";
}

std::string file_name(const AppState& state) { return state.image->file.path.filename().string(); }

// "chelsea.png", "451 × 300"; beneath, the openers.
void words_beneath(const AppState& state, Context& context, ImVec2 at, float width) {
  ImFont* font = context.fonts.small;
  if (state.image) {
    const float taken = draw_text(context, font, {at.x + width, at.y}, context.theme.muted,
                                  size_text(state, context), 0, Align::right);
    draw_text(context, font, at, context.theme.ink, file_name(state), width - taken - context.px(10));
  }
  const std::vector<Opener> all = openers(state);
  const std::vector<ImVec2> places = places_of_openers(context, all, width);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ImGui::SetCursorScreenPos({at.x + places[i].x, at.y + line_height(context) + places[i].y});
    open_button(context, all[i]);
  }
}

// The same one beneath the other.
void words_beside(const AppState& state, Context& context, ImVec2 at, float width) {
  ImFont* font = context.fonts.small;
  if (state.image) {
    draw_text(context, font, at, context.theme.ink, file_name(state), width);
    at.y += line_height(context);
    draw_text(context, font, at, context.theme.muted, size_text(state, context), width);
    at.y += line_height(context) + context.px(line_gap);
  }
  for (const Opener& opener : openers(state)) {
    ImGui::SetCursorScreenPos(at);
    open_button(context, opener);
    at.y += line_height(context) + context.px(line_gap / 2);
  }
}

}  // namespace

NeededHeight image_section_needs(const AppState& state, Context& context, float width) {
  const float title = context.px(folding_title_height);
  if (state.panels.is_folded(RailSection::image)) return NeededHeight::fixed(title);
  const float aspect = aspect_of(scene_of(state, context.engine));
  const float low = std::min(context.px(low_picture), most_beside(context, aspect, width));
  const float enough = std::max(low, context.px(least_picture));
  const float all = most_beneath(context, aspect, width) + height_beneath(state, context, width);
  return {title + context.px(least_picture), title + enough, title + std::max(enough, all), true};
}

void image_section(const AppState& state, Context& context, float height) {
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const bool folded = state.panels.is_folded(RailSection::image);
  const std::string aside = folded && state.image ? file_name(state) : "";
  if (!folding_title(state, context, RailSection::image, "Image", aside)) return;
  const auto scene = scene_of(state, context.engine);
  const float aspect = aspect_of(scene);
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = std::max(1.0f, top.y + height - at.y);
  const float beneath =
      std::min(room - height_beneath(state, context, width), most_beneath(context, aspect, width));
  const float beside = std::min(room, most_beside(context, aspect, width));
  const bool is_beside = beside >= beneath;
  const float tall = std::floor(std::max(1.0f, std::max(beside, beneath)));
  const float wide = std::floor(tall / aspect);
  if (scene)
    picture(state, context, *scene, "rail/picture", scene->layer,
            overlay_of_selection(state, context, *scene), {at, {at.x + wide, at.y + tall}});
  if (is_beside)
    words_beside(state, context, {at.x + wide + context.px(beside_gap), at.y},
                 std::max(1.0f, width - wide - context.px(beside_gap)));
  else
    words_beneath(state, context, {at.x, at.y + tall + context.px(line_gap)}, width);
  ImGui::SetCursorScreenPos(top);
  ImGui::Dummy({width, height});
}

}  // namespace tessera::ui
