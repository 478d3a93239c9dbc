#include "app/commands/figure_all.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "app/data_folder.h"
#include "app/exit_code.h"
#include "app/figure/figure_file.h"
#include "app/figure/figure_set.h"
#include "app/figure/set_options.h"
#include "app/nearest_names.h"
#include "app/print.h"
#include "app/progress_line.h"
#include "app/version.h"
#include "base/read_file.h"
#include "tessera/base/error.h"
#include "tessera/figure/catalogue.h"
#include "ui/overlays/file_panel.h"

namespace tessera::app {
namespace {

namespace fs = std::filesystem;

std::string key_of(const std::string& assignment) { return assignment.substr(0, assignment.find('=')); }

// What is set, for those figures that have it. Throws Error for what none of them has.
std::map<std::string, SetOptions> settings_by_figure(const std::vector<std::string>& assignments) {
  std::set<std::string> keys;
  for (const figure::Figure& figure : figure::catalogue())
    for (const figure::Setting& setting : figure.settings) keys.insert(setting.key);
  for (const std::string& assignment : assignments) {
    const std::string key = key_of(assignment);
    if (keys.contains(key)) continue;
    const auto nearest = nearest_names(key, std::vector<std::string>(keys.begin(), keys.end()));
    throw Error("no figure has a setting '" + key + "'", "--set",
                nearest.empty() ? "`tessera figure NAME --list` prints what a figure has"
                                : "Did you mean " + joined_with_or(nearest) + "?");
  }
  std::map<std::string, SetOptions> settings;
  for (const figure::Figure& figure : figure::catalogue()) {
    std::vector<std::string> own;
    for (const std::string& assignment : assignments)
      if (figure.find(key_of(assignment))) own.push_back(assignment);
    settings.emplace(figure.name, SetOptions(figure, own));
  }
  return settings;
}

// The picture, or those in the folder by their names.
std::vector<fs::path> pictures_at(const fs::path& place) {
  std::error_code problem;
  if (!fs::is_directory(place, problem)) return {place};
  std::vector<fs::path> pictures;
  for (auto entry = fs::directory_iterator(place, problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    std::error_code ignored;
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (!hidden && entry->is_regular_file(ignored) && ui::looks_like_image(entry->path()))
      pictures.push_back(entry->path());
  }
  if (problem) throw Error("the folder cannot be read", place.string());
  if (pictures.empty()) throw Error("there is no picture in this folder", place.string());
  std::ranges::sort(pictures);
  return pictures;
}

std::string text_of(const fs::path& file) {
  constexpr std::size_t longest = std::size_t(1) << 20;
  const auto bytes = read_file(file, longest);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string counted(std::size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

}  // namespace

void check(const FigureAllArguments& arguments) { settings_by_figure(arguments.assignments); }

int draw_all(const FigureAllArguments& arguments, const Options& options) {
  const auto settings = settings_by_figure(arguments.assignments);
  FigureSet set;
  set.images = pictures_at(arguments.image);
  set.folder_for_each = fs::is_directory(arguments.image);
  set.folder = arguments.folder;
  set.look = arguments.look;
  set.settings = [&](const std::string& figure, const model::ModelCard& card) {
    return settings.at(figure).for_model(card);
  };
  FigureMaker maker(options.model_reference());
  const auto card = maker.card();
  std::set<std::string> notes;
  for (const auto& [name, own] : settings)
    for (std::string& note : own.notes_for(*card)) notes.insert(std::move(note));
  for (const std::string& note : notes) std::cerr << "Note: " << note << '\n';
  set.model = card->name;
  set.version = version_number;
  set.page = text_of(find_data_folder().index_page());
  const FigureDrawer drawer{[&](const session::ImageRef& image) { maker.check(image); },
                            [&](const session::ImageRef& image, const FigureOptions& figure) {
                              return maker.write(image, figure);
                            }};
  WrittenSet written;
  {
    const std::size_t total = set.images.size() * figure::catalogue().size();
    ProgressLine line("figures", int(total), stderr, ::isatty(STDERR_FILENO) != 0);
    set.progress = [&](double done) { line.show(done); };
    written = write_figure_set(set, drawer);
  }
  print(written.index.string() + ": " + counted(written.figures, "figure", "figures") + " of " +
        counted(set.images.size(), "picture", "pictures") + "\n");
  for (const std::string& failure : written.failures) std::cerr << "tessera: " + failure + "\n";
  return written.failures.empty() ? exit_ok : exit_failure;
}

}  // namespace tessera::app
