#include <memory>
#include <string>
#include <utility>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/settings.h"
#include "app/window_arguments.h"
#include "tessera/base/error.h"
#include "tessera/figure/queries.h"

namespace tessera::app {
namespace {

struct Arguments {
  std::string figure;
  std::string image;
  WindowArguments window;
};

figure::Provenance read(const std::filesystem::path& file) {
  auto made = figure::read_figure(file).made;
  if (!made)
    throw Error("this picture does not say what it was made of", file.string(),
                "`tessera " + file.filename().string() + "` opens it as an ordinary one");
  return *std::move(made);
}

// A file by what is in it, unless one is named.
std::filesystem::path find(const figure::FileIdentity& wanted, const std::filesystem::path& named,
                           const std::string& option, figure::FindFile query) {
  if (!named.empty()) return session::stamp(named).path;
  query.wanted = wanted;
  try {
    return figure::find_file(query);
  } catch (const Error& error) {
    throw Error(error.happened(), wanted.name,
                "Give it with " + option + " FILE, or put it beside the figure");
  }
}

int open(const Arguments& arguments, const Options& options) {
  const session::FileStamp file = session::stamp(arguments.figure);
  ui::OpeningFigure figure;
  figure.file = file;
  figure.made = read(file.path);

  WindowOptions window = window_options(arguments.window);
  figure::FindFile query;
  query.files = window.data.all();
  const Settings remembered = load_settings(window.settings_file).settings;
  for (const auto* recent : {&remembered.recent_images, &remembered.recent_models})
    query.files.insert(query.files.end(), recent->begin(), recent->end());
  query.folders = {file.path.parent_path()};
  figure.image = find(figure.made->image, arguments.image, "--image", query);
  figure.model = find(figure.made->model, options.model, "--model", query);
  window.image = {session::stamp(*figure.image)};
  window.model = {session::stamp(*figure.model), options.preprocessing, options.device};
  window.figure = std::move(figure);
  show_workbench(window);
  return exit_ok;
}

}  // namespace

void add_open(CommandLine& line) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = line.app.add_subcommand(
      "open", "Opens a figure that Tessera made: the view that it shows, with its picture and its model");
  command->add_option("FIGURE", arguments->figure, "A PNG that `tessera figure` or the window wrote")
      ->required();
  command->add_option("--image", arguments->image, "The picture, where it is not found by itself")
      ->option_text("FILE");
  add_window_arguments(*command, arguments->window, "Window");
  add_options(*command, line.options);
  command->callback(
      [&line, arguments] { line.run = [&line, arguments] { return open(*arguments, line.options); }; });
}

}  // namespace tessera::app
