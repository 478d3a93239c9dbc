#include "ui/overlays/preprocessing_dialog.h"

#include <algorithm>
#include <array>
#include <string>

#include "ui/overlays/overlay.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace tessera::ui {
namespace {

struct Preset {
  const char* label;
  const char* text;  // as --preprocess takes it
};
constexpr Preset presets[] = {
    {"ImageNet", "imagenet"}, {"−1 … 1", "minus_one_one"}, {"0 … 1", "unit"}, {"0 … 255", "raw"}};

void field_label(Context& context, const char* text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(context, context.fonts.body, {at.x, at.y + ImGui::GetStyle().FramePadding.y}, context.theme.muted,
            text);
  ImGui::SetCursorScreenPos({at.x + context.px(130), at.y});
}

void choose_preset(Context& context, model::Preprocessing& edited) {
  field_label(context, "Preset");
  for (const Preset& preset : presets) {
    if (&preset != presets) ImGui::SameLine(0, context.px(16));
    if (text_button(context, std::string("preprocessing/") + preset.text, preset.label)) {
      const image::Fit fit = edited.fit;
      const model::ChannelOrder order = edited.order;
      edited = model::preprocessing_from_text(preset.text);
      edited.fit = fit;
      edited.order = order;
    }
  }
  ImGui::Dummy({1, context.px(6)});
}

void edit_triple(Context& context, const char* name, const char* id, std::array<double, 3>& values,
                 double least) {
  field_label(context, name);
  for (int i = 0; i < 3; ++i) {
    if (i > 0) ImGui::SameLine(0, context.px(6));
    ImGui::PushID(i);
    ImGui::SetNextItemWidth(context.px(72));
    ImGui::InputDouble(id, &values[std::size_t(i)], 0, 0, "%.6g");
    ImGui::PopID();
    if (!(values[std::size_t(i)] >= least)) values[std::size_t(i)] = least;
  }
}

template <class Choice>
void choose_word(Context& context, const char* name, std::initializer_list<const char*> words,
                 Choice& value) {
  field_label(context, name);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x, at.y + context.px(5)});
  value = Choice(choice(context, std::string("preprocessing/") + name, words, int(value)));
  ImGui::Dummy({1, context.px(4)});
}

}  // namespace

void preprocessing_dialog(Context& context, const Rect& window, const model::ModelCard& card,
                          PreprocessingMemory& memory) {
  if (!memory.edited) memory.edited = card.preprocessing;
  model::Preprocessing& edited = *memory.edited;
  overlay_panel(
      context, "preprocessing", "How does " + card.name + " want its images?", 500, 420, window, [&] {
        const float width = ImGui::GetContentRegionAvail().x;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float height =
            draw_wrapped(context, context.fonts.body, at, context.theme.muted,
                         "The file does not say. Wrong values here are the commonest reason for senseless "
                         "classes. Each channel becomes (value × range / 255 − mean) / std.",
                         width);
        ImGui::Dummy({1, height + context.px(6)});
        choose_preset(context, edited);
        field_label(context, "Width, height");
        int size[2] = {edited.fit.width, edited.fit.height};
        ImGui::SetNextItemWidth(context.px(150));
        ImGui::InputInt2("##size", size);
        edited.fit.width = std::clamp(size[0], 8, 4096);
        edited.fit.height = std::clamp(size[1], 8, 4096);
        choose_word(context, "Fit", {"Centre crop", "Letterbox", "Stretch"}, edited.fit.rule);
        choose_word(context, "Channels", {"RGB", "BGR", "Grey"}, edited.order);
        field_label(context, "Range");
        ImGui::SetNextItemWidth(context.px(72));
        ImGui::InputDouble("##range", &edited.range, 0, 0, "%.6g");
        if (!(edited.range > 0)) edited.range = 1;
        edit_triple(context, "Mean", "##mean", edited.mean, -1e6);
        edit_triple(context, "Std", "##std", edited.std, 1e-6);
        ImGui::Dummy({1, context.px(8)});
        if (text_button(context, "preprocessing/apply", "Use these values")) {
          context.emit(action::SetPreprocessing{edited});
          memory.edited.reset();
        }
      });
}

}  // namespace tessera::ui
