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

constexpr int plain_format = 1;
constexpr int newest_format = 2;  // two views, or a network without something
constexpr int widest = 100'000;
constexpr double greatest_scale = 64;

strict_json::Subject subject() {
  return {"what made this figure", "Open the picture it was made of instead"};
}

Json file_to_json(const FileIdentity& file) {
  return {{"file", file.name}, {"hash", file.hash}, {"bytes", file.bytes}};
}

// Shown to people and looked for on disk.
std::string printable_name(const Fields& fields, const char* field, std::size_t longest = longest_text) {
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
  file.name = printable_name(fields, "file");
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
  if (found >= plain_format && found <= newest_format) return;
  std::string maker = "another version of Tessera";
  if (fields.has("tessera") && fields.at("tessera").is_string() && found > newest_format)
    maker = "Tessera " + fields.text("tessera").substr(0, 40);
  throw Error("this figure was made by " + maker + ", in format " + std::to_string(found) +
                  " where this one reads up to " + std::to_string(newest_format),
              "", found > newest_format ? "Update Tessera to open it" : "Make it again");
}

Json without_to_json(const Without& without) {
  return {{"layer", without.layer},
          {"name", without.name},
          {"atoms", strict_json::parse(attribution::to_json(without.atoms), subject())}};
}

Without without_from(const Json& json) {
  const Fields fields(json, subject());
  fields.require({"layer", "name", "atoms"});
  Without without;
  without.layer = printable_name(fields, "layer");
  without.name = printable_name(fields, "name");
  without.atoms = attribution::atoms_from_json(strict_json::dump(fields.at("atoms")));
  return without;
}

// The fields of a view, in the order in which they are written.
void add_view(Json& json, const ViewProvenance& view) {
  const Figure* figure = find_figure(view.figure);
  if (!figure) throw Error("there is no figure '" + view.figure + "'");
  check(*figure, view.settings);
  Json model = file_to_json(view.model);
  model["title"] = view.model_title;
  model["preprocessing"] = view.preprocessing;
  if (view.without) model["without"] = without_to_json(*view.without);
  json["figure"] = view.figure;
  json["settings"] = settings_to_json(view.settings);
  json["model"] = model;
  json["image"] = file_to_json(view.image);
}

void read_view(const Fields& fields, int format, ViewProvenance& view) {
  view.figure = printable_name(fields, "figure");
  const Figure* figure = find_figure(view.figure);
  if (!figure) fields.refuse("is a figure that this Tessera does not know, \"" + view.figure + "\"");
  view.settings = settings_from_json(*figure, fields.at("settings"), subject());
  const Fields model(fields.at("model"), subject());
  if (format > plain_format && model.has("without")) {
    model.require({"file", "hash", "bytes", "title", "preprocessing", "without"});
    view.without = without_from(model.at("without"));
  } else {
    model.require({"file", "hash", "bytes", "title", "preprocessing"});
  }
  view.model = file_from(model);
  view.model_title = printable_name(model, "title");
  view.preprocessing = printable_name(model, "preprocessing");
  try {
    model::preprocessing_from_text(view.preprocessing);
  } catch (const Error&) {
    model.refuse("has a preprocessing that makes no sense");
  }
  const Fields image(fields.at("image"), subject());
  image.require({"file", "hash", "bytes"});
  view.image = file_from(image);
}

}  // namespace

std::string to_json(const Provenance& made) {
  const bool plain = !made.kept && !made.without;
  Json json{{"format", plain ? plain_format : newest_format}, {"tessera", made.version}};
  add_view(json, made);
  if (made.kept) add_view(json["kept"], *made.kept);
  json["page"] = {{"width", made.page.width},
                  {"scale", made.page.scale},
                  {"theme", made.page.dark ? "dark" : "light"},
                  {"caption", made.page.caption},
                  {"legend", made.page.legend}};
  constexpr bool ascii = true;
  std::string text = json.dump(-1, ' ', ascii, Json::error_handler_t::replace);
  if (text.size() > longest_provenance)
    throw Error("what the network does without is too much to be written beside the picture",
                made.without ? made.without->name : "", "Take a group of a coarser layer");
  return text;
}

Provenance provenance_from_json(std::string_view text) {
  if (text.size() > longest_provenance) strict_json::refuse(subject(), "is too long to be read");
  const Json json = strict_json::parse(text, subject());
  const Fields fields(json, subject());
  check_format(fields);
  const int format = fields.index("format");
  Provenance made;
  if (format > plain_format && fields.has("kept")) {
    fields.require({"format", "tessera", "figure", "settings", "model", "image", "kept", "page"});
    const Fields kept(fields.at("kept"), subject());
    kept.require({"figure", "settings", "model", "image"});
    read_view(kept, format, made.kept.emplace());
  } else {
    fields.require({"format", "tessera", "figure", "settings", "model", "image", "page"});
  }
  made.version = printable_name(fields, "tessera");
  read_view(fields, format, made);
  made.page = page_from(fields.at("page"));
  return made;
}

}  // namespace tessera::figure
