#include "ui/figures/caption.h"

#include "tessera/figure/spec.h"

namespace tessera::ui {
namespace {

std::string value_text(const figure::Setting& setting, const figure::Value& value,
                       const model::ModelCard& card) {
  if (setting.kind == figure::SettingKind::truth) return std::get<bool>(value) ? "yes" : "no";
  if (setting.kind == figure::SettingKind::class_index) {
    const auto index = std::size_t(std::get<std::int64_t>(value));
    if (index < card.labels.size()) return card.labels[index];
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

}  // namespace

std::string caption_of(const figure::Figure& figure, const figure::Settings& settings,
                       const std::string& image, const model::ModelCard& card) {
  std::string text = figure.title + ". " + figure.sentence + ". " + image + ", " + card.name;
  for (const figure::Setting& setting : figure.settings) {
    const auto found = settings.find(setting.key);
    if (found == settings.end() || setting.usual == found->second) continue;
    std::string key = setting.key;
    for (char& letter : key)
      if (letter == '_') letter = ' ';
    text += "; " + key + ": " + value_text(setting, found->second, card);
  }
  return text + ".";
}

}  // namespace tessera::ui
