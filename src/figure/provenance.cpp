#include "tessera/figure/provenance.h"

#include <cmath>

#include "figure/settings_json.h"
#include "tessera/base/content_hash.h"
#include "tessera/base/error.h"
#include "tessera/model/preprocessing.h"

namespace tessera::figure {
namespace {

using strict_json::Fields;
using strict_json::Json;

constexpr int format = 1;
constexpr int widest = 100'000;
constexpr double greatest_scale = 64;

strict_json::Subject subject() {
  return {"what made this figure", "Open the picture it was made of instead"};
}

Json file_to_json(const FileIdentity& file) {
  return {{"file", file.name}, {"hash", file.hash}, {"bytes", file.bytes}};
}

// Shown to people and looked for on disk.
std::string name_of(const Fields& fields, const char* field, std::size_t longest = longest_text) {
  std::string name = fields.text(field);
  if (name.empty() || name.size() > longest)
    fields.refuse(std::string("has a ") + field + " of a senseless length");
  for (const unsigned char letter : name)
    if (letter < ' ' || letter == 127)
      fields.refuse(std::string("has a ") + field + " with control characters");
  return name;
}

FileIdentity file_from(const Fields& fields) {
  FileIdentity file;
  file.name = name_of(fields, "file");
  if (file.name.find_first_of("/\\") != std::string::npos || file.name == "." || file.name == "..")
    fields.refuse("names a file with folders");
  file.hash = fields.text("hash");
  if (!is_content_hash(file.hash)) fields.refuse("has a hash that is none");
  const Json& bytes = fields.at("bytes");
  if (!bytes.is_number_unsigned()) fields.refuse("has a number of bytes that is none");
  file.bytes = bytes.get<std::uint64_t>();
  return file;
}

Page page_from(const Json& json) {
  const Fields fields(json, subject());
  fields.require({"width", "scale", "theme", "caption", "legend"});
  Page page;
  page.width = fields.index("width");
  if (page.width < 1 || page.width > widest) fields.refuse("has a senseless width");
  const Json& scale = fields.at("scale");
  if (!scale.is_number()) fields.refuse("has a scale that is no number");
  page.scale = scale.get<double>();
  if (!(page.scale > 0 && page.scale <= greatest_scale)) fields.refuse("has a senseless scale");
  const std::string theme = fields.text("theme");
  if (theme != "light" && theme != "dark") fields.refuse("has a theme that does not exist");
  page.dark = theme == "dark";
  page.caption = fields.truth("caption");
  page.legend = fields.truth("legend");
  return page;
}

// A newer file is told apart from a broken one: before anything else in it is looked at.
void check_format(const Fields& fields) {
  const int found = fields.index("format");
  if (found == format) return;
  std::string maker = "another version of Tessera";
  if (fields.has("tessera") && fields.at("tessera").is_string() && found > format)
    maker = "Tessera " + fields.text("tessera").substr(0, 40);
  throw Error("this figure was made by " + maker + ", in format " + std::to_string(found) +
                  " where this one reads " + std::to_string(format),
              "", found > format ? "Update Tessera to open it" : "Make it again");
}

}  // namespace

std::string to_json(const Provenance& made) {
  const Figure* figure = find_figure(made.figure);
  if (!figure) throw Error("there is no figure '" + made.figure + "'");
  check(*figure, made.settings);
  Json model = file_to_json(made.model);
  model["title"] = made.model_title;
  model["preprocessing"] = made.preprocessing;
  const Json json{{"format", format},
                  {"tessera", made.version},
                  {"figure", made.figure},
                  {"settings", settings_to_json(made.settings)},
                  {"model", model},
                  {"image", file_to_json(made.image)},
                  {"page",
                   {{"width", made.page.width},
                    {"scale", made.page.scale},
                    {"theme", made.page.dark ? "dark" : "light"},
                    {"caption", made.page.caption},
                    {"legend", made.page.legend}}}};
  constexpr bool ascii = true;
  return json.dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

Provenance provenance_from_json(std::string_view text) {
  if (text.size() > longest_provenance) strict_json::refuse(subject(), "is too long to be read");
  const Json json = strict_json::parse(text, subject());
  const Fields fields(json, subject());
  check_format(fields);
  fields.require({"format", "tessera", "figure", "settings", "model", "image", "page"});
  Provenance made;
  made.version = name_of(fields, "tessera");
  made.figure = name_of(fields, "figure");
  const Figure* figure = find_figure(made.figure);
  if (!figure) fields.refuse("is a figure that this Tessera does not know, \"" + made.figure + "\"");
  made.settings = settings_from_json(*figure, fields.at("settings"), subject());
  const Fields model(fields.at("model"), subject());
  model.require({"file", "hash", "bytes", "title", "preprocessing"});
  made.model = file_from(model);
  made.model_title = name_of(model, "title");
  made.preprocessing = name_of(model, "preprocessing");
  try {
    model::preprocessing_from_text(made.preprocessing);
  } catch (const Error&) {
    model.refuse("has a preprocessing that makes no sense");
  }
  const Fields image(fields.at("image"), subject());
  image.require({"file", "hash", "bytes"});
  made.image = file_from(image);
  made.page = page_from(fields.at("page"));
  return made;
}

}  // namespace tessera::figure
