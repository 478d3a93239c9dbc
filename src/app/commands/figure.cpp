#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/figure/overview_file.h"
#include "app/print.h"

namespace tessera::app {
namespace {

struct Arguments {
  std::string image;
  OverviewOptions options;
  int width = 0;
};

int draw(Arguments arguments, const Options& options) {
  if (arguments.width > 0) arguments.options.scale = float(arguments.width) / ui::overview_figure_size().x;
  const session::ImageRef image{session::stamp(arguments.image)};
  const WrittenFigure written = write_overview(image, options.model_reference(), arguments.options);
  print(arguments.options.file.string() + ": overview, " + std::to_string(written.width) + " × " +
        std::to_string(written.height) + "\n");
  return exit_ok;
}

}  // namespace

void add_figure(CommandLine& line) {
  CLI::App* figure = line.app.add_subcommand("figure", "Draws a figure into a PNG file, without a window");
  figure->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  CLI::App* overview = figure->add_subcommand(
      "overview", "The picture, its classes, and what the suggested layers detect most in it");
  overview->add_option("IMAGE", arguments->image, "A picture: PNG, JPEG, BMP, …")->required();
  overview->add_option("-o,--output", arguments->options.file, "The file to write")
      ->required()
      ->option_text("FILE.png REQUIRED");
  CLI::Option* scale =
      overview->add_option("--scale", arguments->options.scale, "Pixels for one of the layout's (default: 2)")
          ->check(CLI::Range(0.5f, 8.0f))
          ->option_text("NUMBER");
  overview->add_option("--width", arguments->width, "Width of the picture in pixels, instead of --scale")
      ->check(CLI::Range(720, 11520))
      ->excludes(scale)
      ->option_text("PIXELS");
  overview->add_flag("--dark", arguments->options.dark, "On a dark ground");
  add_options(*overview, line.options);
  overview->callback(
      [&line, arguments] { line.run = [&line, arguments] { return draw(*arguments, line.options); }; });
}

}  // namespace tessera::app
