#include <iostream>
#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/figure/figure_file.h"
#include "app/window/no_window.h"
#include "app/window_arguments.h"

namespace tessera::app {
namespace {

struct ImageAndWindow {
  std::string image;
  WindowArguments window;
};

// Somebody on a machine without a display still gets to see something.
int draw_instead(const WindowOptions& window, const NoWindow& why) {
  FigureOptions overview;
  overview.figure = "overview";
  overview.file = window.image.file.path.stem().string() + "-overview.png";
  overview.dark = window.theme == ui::ThemeChoice::dark;
  std::cerr << "tessera: " << why.what() << ". Drawing the overview picture instead …" << std::endl;
  write_figure(window.image, window.model, overview);
  std::cerr << "tessera: the overview is in " << overview.file.string() << std::endl;
  return exit_ok;
}

int open_window(const ImageAndWindow& arguments, const Options& options) {
  WindowOptions window = window_options(arguments.window);
  window.image = {
      session::stamp(arguments.image.empty() ? window.data.image() : std::filesystem::path(arguments.image))};
  window.model = options.model_reference();
  try {
    show_workbench(window);
  } catch (const NoWindow& why) {
    if (window.screenshot) throw;
    return draw_instead(window, why);
  }
  return exit_ok;
}

}  // namespace

void add_window(CommandLine& line) {
  auto arguments = std::make_shared<ImageAndWindow>();
  line.app
      .add_option("IMAGE", arguments->image, "A picture to open in the workbench (default: the bundled cat)")
      ->group(window_group);
  add_window_arguments(line.app, arguments->window, window_group);
  line.run = [&line, arguments] { return open_window(*arguments, line.options); };
}

}  // namespace tessera::app
