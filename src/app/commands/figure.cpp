#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/commands.h"
#include "app/commands/figure_all.h"
#include "app/exit_code.h"
#include "app/figure/figure_file.h"
#include "app/figure/set_options.h"
#include "app/figure/spec_file.h"
#include "app/nearest_names.h"
#include "app/print.h"
#include "app/python/python_script.h"
#include "app/reports/figures.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

struct FigureArguments {
  std::string figure;
  std::string image;
  std::string spec;  // a file; empty: none
  std::vector<std::string> assignments;
  std::string theme;
  int width = 0;
  bool list = false;
  bool all = false;
  bool no_caption = false;
  bool no_legend = false;
  FigureOptions options;
};

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const figure::Figure& known : figure::catalogue()) all.push_back(known.name);
  return all;
}

const figure::Figure& find_figure(const std::string& name) {
  if (const figure::Figure* found = figure::find_figure(name)) return *found;
  const std::vector<std::string> nearest = nearest_names(name, names());
  throw CLI::ValidationError("there is no figure '" + name + "'. " +
                             (nearest.empty() ? "`tessera figure --list` names them"
                                              : "Did you mean " + joined_with_or(nearest) + "?"));
}

std::string names_in_a_row() {
  std::string text;
  for (const std::string& name : names()) text += (text.empty() ? "" : ", ") + name;
  return text;
}

int list_figures(const FigureArguments& arguments) {
  if (arguments.figure.empty())
    for (const std::string& name : names()) print(name + "\n");
  else
    print(to_text(find_figure(arguments.figure)));
  return exit_ok;
}

int draw_figure(const FigureArguments& arguments, const Options& options) {
  const session::ImageRef image{session::stamp(arguments.image)};
  const WrittenFigure written = write_figure(image, options.model_reference(), arguments.options);
  const FigureOptions& made = arguments.options;
  if (!made.file.empty())
    print(made.file.string() + ": " + arguments.figure + ", " + std::to_string(written.width) + " × " +
          std::to_string(written.height) + "\n");
  if (!made.script.empty())
    print(made.script.string() + ": " + arguments.figure + ", its numbers in " +
          arrays_beside(made.script).filename().string() + "\n");
  return exit_ok;
}

void set_look(FigureArguments& arguments) {
  FigureOptions& options = arguments.options;
  if (arguments.width > 0) options.width = arguments.width;
  options.dark = arguments.theme == "dark";
  options.caption = !arguments.no_caption;
  options.legend = !arguments.no_legend;
}

// The set of all figures; the first word is the picture then.
FigureAllArguments all_of(FigureArguments& arguments) {
  if (!arguments.image.empty())
    throw CLI::ValidationError("--all draws every figure: name the picture alone, or a folder of pictures");
  if (arguments.figure.empty())
    throw CLI::ValidationError("IMAGE is missing: a picture, or a folder of them");
  if (arguments.options.file.empty()) throw CLI::ValidationError("-o is missing: the folder to write into");
  set_look(arguments);
  FigureAllArguments all{arguments.figure, arguments.options.file, arguments.assignments, arguments.options};
  try {
    check(all);
  } catch (const Error& error) {
    throw CLI::ValidationError(error.what());
  }
  return all;
}

// What can be known to make no sense before a model is opened.
void check_figure(FigureArguments& arguments) {
  FigureOfSpec of_spec;
  if (!arguments.spec.empty()) {
    // The file says which figure: what stands first is the picture.
    if (!arguments.image.empty()) throw CLI::ValidationError("NAME and --spec exclude each other");
    arguments.image = std::exchange(arguments.figure, "");
    try {
      of_spec = figure_of_spec(arguments.spec);
    } catch (const Error& error) {
      throw CLI::ValidationError(error.what());
    }
    arguments.figure = of_spec.figure;
  }
  if (arguments.figure.empty())
    throw CLI::ValidationError("NAME is missing: `tessera figure --list` prints them");
  const figure::Figure& figure = find_figure(arguments.figure);
  if (arguments.image.empty()) throw CLI::ValidationError("IMAGE is missing: the picture to draw it for");
  if (arguments.options.file.empty() && arguments.options.script.empty())
    throw CLI::ValidationError("-o is missing: the file to write");
  if (const auto& script = arguments.options.script; !script.empty() && script.extension() != ".py")
    throw CLI::ValidationError("--python: a script's name ends in .py, and that of its numbers in .npz");
  FigureOptions& options = arguments.options;
  try {
    options.settings = [settings = of_spec.settings,
                        set = SetOptions(figure, arguments.assignments)](const model::ModelCard& card) {
      figure::Settings all = set.for_model(card);
      for (const std::string& note : set.notes_for(card)) std::cerr << "Note: " << note << '\n';
      all.insert(settings.begin(), settings.end());  // what is set on the command line holds
      return all;
    };
    figure::check(figure, of_spec.settings);
  } catch (const Error& error) {
    throw CLI::ValidationError(error.what());
  }
  options.figure = arguments.figure;
  set_look(arguments);
}

}  // namespace

void add_figure(CommandLine& line) {
  auto arguments = std::make_shared<FigureArguments>();
  CLI::App* command = line.app.add_subcommand("figure", "Draws a figure into a PNG file, without a window");
  command->add_option("NAME", arguments->figure, "Which figure: " + names_in_a_row());
  command->add_option("IMAGE", arguments->image, "A picture: PNG, JPEG, BMP, …");
  CLI::Option* all = command->add_flag(
      "--all", arguments->all,
      "Every figure of IMAGE, or of every picture in a folder IMAGE, into the folder -o, with an index.html");
  command
      ->add_option("--spec", arguments->spec,
                   "A file with a figure's grammar, instead of NAME (docs/grammar.md)")
      ->excludes(all)
      ->option_text("FILE.json");
  command->add_flag("--list", arguments->list,
                    "Print the names of all figures; with NAME, what can be set about it");
  command
      ->add_option("--set", arguments->assignments,
                   "A setting of the figure, as often as needed: --set sort=mean")
      ->option_text("KEY=VALUE")
      ->allow_extra_args(false);
  CLI::Option* scale =
      command->add_option("--scale", arguments->options.scale, "Pixels for one of the layout's (default: 2)")
          ->check(CLI::Range(0.5f, 8.0f))
          ->option_text("NUMBER");
  command->add_option("--width", arguments->width, "Width of the picture in pixels, instead of --scale")
      ->check(CLI::Range(720, 11520))
      ->excludes(scale)
      ->option_text("PIXELS");
  command->add_option("--theme", arguments->theme, "light or dark (default: light)")
      ->check(CLI::IsMember({"light", "dark"}))
      ->option_text("NAME");
  command->add_flag("--no-caption", arguments->no_caption, "Without the text beneath it");
  command->add_flag("--no-legend", arguments->no_legend, "Without colour bars");
  command->add_option("-o,--output", arguments->options.file, "The file to write; with --all, the folder")
      ->option_text("FILE.png");
  command
      ->add_option("--python", arguments->options.script,
                   "A PyTorch script that computes the figure's numbers again, and beside it, as .npz, the "
                   "numbers")
      ->excludes(all)
      ->option_text("FILE.py");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    if (arguments->list) {
      if (!arguments->figure.empty()) find_figure(arguments->figure);
      line.run = [arguments] { return list_figures(*arguments); };
      return;
    }
    if (arguments->all) {
      line.run = [&line, set = all_of(*arguments)] { return draw_all(set, line.options); };
      return;
    }
    check_figure(*arguments);
    line.run = [&line, arguments] { return draw_figure(*arguments, line.options); };
  });
}

}  // namespace tessera::app
