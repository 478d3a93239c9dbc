#include "tessera/figure/spec.h"

#include "figure/elements_json.h"
#include "figure/settings_json.h"
#include "tessera/base/error.h"

namespace tessera::figure {
namespace {

using strict_json::Fields;
using strict_json::Json;

// Those of the design space, which can show whatever any figure shows; but a grammar does not hold another.
Figure with_settings() {
  Figure figure = *find_figure("space");
  std::erase_if(figure.settings, [](const Setting& setting) { return setting.kind == SettingKind::spec; });
  return figure;
}

}  // namespace

std::string to_json(const FigureSpec& spec) {
  if (const auto why = objection(spec.elements)) throw Error(*why, "the figure’s grammar");
  if (!spec.settings.empty()) check(with_settings(), spec.settings);
  Json json = Json::object();
  json["format"] = spec_format;
  if (!spec.figure.empty()) json["figure"] = spec.figure;
  json["elements"] = elements_to_json(spec.elements);
  if (!spec.settings.empty()) json["settings"] = settings_to_json(spec.settings);
  constexpr bool ascii = true;
  std::string text = json.dump(-1, ' ', ascii, Json::error_handler_t::replace);
  if (text.size() > longest_spec) strict_json::refuse(grammar_subject(), "is too long to be written");
  return text;
}

FigureSpec spec_from_json(std::string_view text) {
  if (text.size() > longest_spec) strict_json::refuse(grammar_subject(), "is too long to be read");
  const Json json = strict_json::parse(text, grammar_subject());
  const Fields fields(json, grammar_subject());
  // A newer one is told apart from a broken one: before anything else in it is looked at.
  const int format = format_of(fields);
  require_fields(json, {"format", "elements"}, {"figure", "settings"});
  FigureSpec spec;
  spec.elements = elements_from_json(fields.at("elements"), format);
  if (fields.has("figure")) spec.figure = fields.text("figure");
  if (!spec.figure.empty() && !find_figure(spec.figure))
    fields.refuse("came from a figure that this Tessera does not know, \"" +
                  spec.figure.substr(0, longest_text) + "\"");
  if (fields.has("settings"))
    spec.settings = settings_from_json(with_settings(), fields.at("settings"), grammar_subject());
  return spec;
}

}  // namespace tessera::figure
