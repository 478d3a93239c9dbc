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

struct OpenArguments {
  std::string figure;
  std::string image;
  WindowArguments window;
};

figure::Provenance read_provenance(const std::filesystem::path& file) {
  auto made = figure::read_figure(file).made;
  if (!made)
    throw Error("this picture does not say what it was made of", file.string(),
                "`tessera " + file.filename().string() + "` opens it as an ordinary one");
  return *std::move(made);
}

// A file by what is in it, unless one is named. `option`: that names it; empty: none does.
std::filesystem::path find_named(const figure::FileIdentity& wanted, const std::filesystem::path& named,
                                 const std::string& option, figure::FindFile query) {
  if (!named.empty()) return session::stamp(named).path;
  query.wanted = wanted;
  try {
    return figure::find_file(query);
  } catch (const Error& error) {
    throw Error(error.happened(), wanted.name,
                option.empty() ? "Put it beside the figure"
                               : "Give it with " + option + " FILE, or put it beside the figure");
  }
}

int open_figure(const OpenArguments& arguments, const Options& options) {
  const session::FileStamp file = session::stamp(arguments.figure);
  ui::OpeningFigure figure;
  figure.file = file;
  figure.read(read_provenance(file.path));

  WindowOptions window = window_options(arguments.window);
  figure::FindFile query;
  query.files = window.data.all();
  const Settings remembered = load_settings(window.settings_file).settings;
  for (const auto* recent : {&remembered.recent_images, &remembered.recent_models})
    query.files.insert(query.files.end(), recent->begin(), recent->end());
  query.folders = {file.path.parent_path()};
  // The options name the files of the view that is not kept, which is the last.
  for (ui::OpeningView& view : figure.views) {
    const bool last = &view == &figure.views.back();
    view.image = find_named(view.made.image, last ? arguments.image : "", last ? "--image" : "", query);
    view.model = find_named(view.made.model, last ? options.model : "", last ? "--model" : "", query);
    query.files.push_back(*view.image);
    query.files.push_back(*view.model);
  }
  const ui::OpeningView& first = figure.views.front();
  window.image = {session::stamp(*first.image)};
  window.model = {session::stamp(*first.model), options.preprocessing, options.device};
  if (const auto& without = first.made.without)
    window.model.without = session::removal_of(without->layer, without->atoms, without->name);
  window.figure = std::move(figure);
  show_workbench(window);
  return exit_ok;
}

}  // namespace

void add_open(CommandLine& line) {
  auto arguments = std::make_shared<OpenArguments>();
  CLI::App* command = line.app.add_subcommand(
      "open", "Opens a figure that Tessera made: the view that it shows, with its picture and its model");
  command->add_option("FIGURE", arguments->figure, "A PNG that `tessera figure` or the window wrote")
      ->required();
  command->add_option("--image", arguments->image, "The picture, where it is not found by itself")
      ->option_text("FILE");
  add_window_arguments(*command, arguments->window, "Window");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    line.run = [&line, arguments] { return open_figure(*arguments, line.options); };
  });
}

}  // namespace tessera::app
