#include <iostream>
#include <memory>
#include <string>

#include "app/commands/commands.h"
#include "app/core.h"
#include "app/exit_code.h"
#include "app/figure/overview_file.h"
#include "app/icon_folders.h"
#include "app/settings.h"
#include "app/window/no_window.h"
#include "app/window/run_window.h"
#include "tessera/base/error.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

struct Arguments {
  std::string image;
  std::string theme;
  std::string screenshot;
  std::vector<std::string> show;
  float scale = 0;
  std::vector<int> size;
};

ui::Setting split_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    throw Error("what to show is given as NAME=VALUE", text, "For example: --show view=dictionary");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

WindowOptions window_options(const Arguments& arguments, const Options& options) {
  WindowOptions window;
  window.data = find_data_folder();
  window.image = {
      session::stamp(arguments.image.empty() ? window.data.image() : std::filesystem::path(arguments.image))};
  window.model = options.model_reference();
  window.settings_file = settings_file();
  if (!arguments.theme.empty())
    window.theme = arguments.theme == "dark" ? ui::ThemeChoice::dark : ui::ThemeChoice::light;
  if (arguments.scale > 0) window.scale = arguments.scale;
  if (arguments.size.size() == 2) window.size = WindowSize{arguments.size[0], arguments.size[1]};
  for (const std::string& setting : arguments.show) window.show.push_back(split_setting(setting));
  if (!arguments.screenshot.empty()) window.screenshot = arguments.screenshot;
  return window;
}

// Somebody on a machine without a display still gets to see something.
int draw_instead(const WindowOptions& window, const NoWindow& why) {
  OverviewOptions overview;
  overview.file = window.image.file.path.stem().string() + "-overview.png";
  overview.dark = window.theme == ui::ThemeChoice::dark;
  std::cerr << "tessera: " << why.what() << ". Drawing the overview picture instead …" << std::endl;
  write_overview(window.image, window.model, overview);
  std::cerr << "tessera: the overview is in " << overview.file.string() << std::endl;
  return exit_ok;
}

// Throws NoWindow.
void show_workbench(const WindowOptions& window) {
  GlfwLibrary library;
  engine::EngineOptions engine_options;
  engine_options.notify = [] { GlfwLibrary::wake(); };
  Notices notices;
  session::IconOptions icons = icon_options();
  icons.warn = [&notices](const std::string& sentence) {
    notices.add(sentence);
    GlfwLibrary::wake();
  };
  Core core(std::move(engine_options), std::move(icons));
  // The network loads while the window opens.
  core.engine().ask(session::OpenModel{window.model});
  core.engine().ask(session::OpenImage{window.image});
  run_window(library, core.engine(), notices, window);
}

int open_window(const Arguments& arguments, const Options& options) {
  const WindowOptions window = window_options(arguments, options);
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
  auto arguments = std::make_shared<Arguments>();
  const auto add = [&line](const std::string& name, auto& variable, const std::string& help) {
    return line.app.add_option(name, variable, help)->group(window_group);
  };
  add("IMAGE", arguments->image, "A picture to open in the workbench (default: the bundled cat)");
  add("--theme", arguments->theme, "light or dark (default: as it was left)")
      ->check(CLI::IsMember({"light", "dark"}))
      ->option_text("NAME");
  add("--scale", arguments->scale, "Size of everything in the window (default: as the display says)")
      ->check(CLI::Range(0.5f, 4.0f))
      ->option_text("NUMBER");
  add("--size", arguments->size, "Size of the window before scaling (default: as it was left)")
      ->expected(2)
      ->check(CLI::Range(200, 20000))
      ->option_text("WIDTH HEIGHT");
  add("--show", arguments->show,
      "What to look at, as NAME=VALUE, again and again: view=dictionary, layer=blocks.11.expand, class=281 …")
      ->option_text("NAME=VALUE");
  add("--screenshot", arguments->screenshot,
      "Write what the window shows once everything is there, and close it")
      ->option_text("FILE.png");
  line.run = [&line, arguments] { return open_window(*arguments, line.options); };
}

}  // namespace tessera::app
