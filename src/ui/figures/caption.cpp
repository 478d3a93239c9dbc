#include "ui/figures/caption.h"

#include "base/all_digits.h"
#include "tessera/figure/spec.h"

namespace tessera::ui {
namespace {

std::string value_text(const figure::Setting& setting, const figure::Value& value,
                       const model::ModelCard& card) {
  if (setting.kind == figure::SettingKind::truth) return std::get<bool>(value) ? "yes" : "no";
  if (setting.kind == figure::SettingKind::class_index) {
    const auto index = std::size_t(std::get<std::int64_t>(value));
    if (index < card.labels.size()) {
      const std::string& label = card.labels[index];
      return all_digits(label) ? label + " (index " + std::to_string(index) + ")" : label;
    }
  }
  std::string text;
  if (setting.kind == figure::SettingKind::spec) {
    const auto elements = figure::spec_from_json(std::get<std::string>(value)).elements;
    if (elements.size() > 2) return std::to_string(elements.size()) + " elements";
    for (const figure::Element& element : elements)
      text += (text.empty() ? "" : "; ") + figure::describe(element);
    return text;
  }
  for (const char letter : figure::to_text(value))
    text += letter == ',' ? std::string(", ") : std::string(1, letter);
  return text;
}

std::string title_of(const CaptionPart& view) {
  return view.figure.title + ". " + view.figure.sentence + ".";
}

// "cat.png, EfficientNet-Lite0 without channel 17 of blocks.8.expand; method: linear".
std::string specifics_of(const CaptionPart& view) {
  std::string text = view.image + ", " + view.card.name;
  if (!view.without.empty()) text += " without " + view.without;
  for (const figure::Setting& setting : view.figure.settings) {
    const auto found = view.settings.find(setting.key);
    if (found == view.settings.end() || setting.usual == found->second) continue;
    std::string key = setting.key;
    for (char& letter : key)
      if (letter == '_') letter = ' ';
    text += "; " + key + ": " + value_text(setting, found->second, view.card);
  }
  return text + ".";
}

}  // namespace

std::string caption_of(const CaptionPart& view) { return title_of(view) + " " + specifics_of(view); }

std::string caption_of(const CaptionPart& left, const CaptionPart& right) {
  if (left.figure.name == right.figure.name)
    return title_of(left) + " Left: " + specifics_of(left) + " Right: " + specifics_of(right);
  return "Left: " + caption_of(left) + " Right: " + caption_of(right);
}

}  // namespace tessera::ui
