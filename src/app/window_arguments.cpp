#include "app/window_arguments.h"

#include <iostream>
#include <utility>

#include "app/check_folder.h"
#include "app/core.h"
#include "app/find_class.h"
#include "app/icon_folders.h"
#include "app/settings.h"
#include "app/window/lane_priority.h"
#include "tessera/base/error.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

ui::Setting split_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    throw Error("what to show is given as NAME=VALUE", text, "For example: --show view=dictionary");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

// What is shown of classes, by index: the window's state knows no labels.
std::vector<ui::Setting> with_indices(std::vector<ui::Setting> show, Core& core,
                                      const session::ModelRef& model) {
  for (auto& [name, value] : show) {
    if (name != "class" && name != "against") continue;
    const auto card = core.engine().wait(session::OpenModel{model});
    const std::string option = "--show " + name;
    if (const std::string note = note_on_class(*card, value, option); !note.empty())
      std::cerr << "Note: " << note << '\n';
    value = std::to_string(find_class(*card, value, option));
  }
  return show;
}

}  // namespace

void add_window_arguments(CLI::App& command, WindowArguments& arguments, const std::string& group) {
  const auto add = [&](const std::string& name, auto& variable, const std::string& help) {
    return command.add_option(name, variable, help)->group(group);
  };
  add("--theme", arguments.theme, "light or dark (default: as it was left)")
      ->check(CLI::IsMember({"light", "dark"}))
      ->option_text("NAME");
  add("--scale", arguments.scale, "Size of everything in the window (default: as the display says)")
      ->check(CLI::Range(0.5f, 4.0f))
      ->option_text("NUMBER");
  add("--size", arguments.size, "Size of the window before scaling (default: as it was left)")
      ->expected(2)
      ->check(CLI::Range(200, 20000))
      ->option_text("WIDTH HEIGHT");
  add("--show", arguments.show,
      "What to look at, as NAME=VALUE, again and again: view=dictionary, layer=blocks.11.expand, class=281 …")
      ->option_text("NAME=VALUE");
  add("--screenshot", arguments.screenshot,
      "Write what the window shows once everything is there, and close it")
      ->option_text("FILE.png");
}

WindowOptions window_options(const WindowArguments& arguments) {
  WindowOptions window;
  window.data = find_data_folder();
  window.settings_file = settings_file();
  if (!arguments.theme.empty())
    window.theme = arguments.theme == "dark" ? ui::ThemeChoice::dark : ui::ThemeChoice::light;
  if (arguments.scale > 0) window.scale = arguments.scale;
  if (arguments.size.size() == 2) window.size = WindowSize{arguments.size[0], arguments.size[1]};
  for (const std::string& setting : arguments.show) window.show.push_back(split_setting(setting));
  if (!arguments.screenshot.empty()) window.screenshot = arguments.screenshot;
  return window;
}

void show_workbench(WindowOptions window) {
  GlfwLibrary library;
  engine::EngineOptions engine_options;
  engine_options.notify = [] { GlfwLibrary::wake(); };
  engine_options.begin_lane = yield_to_the_interface;
  Notices notices;
  session::IconOptions icons = icon_options();
  icons.warn = [&notices](const std::string& sentence) {
    notices.add(sentence);
    GlfwLibrary::wake();
  };
  Core core(std::move(engine_options), std::move(icons), check_folder());
  core.engine().ask(session::OpenModel{window.model});
  core.engine().ask(session::OpenImage{window.image});
  window.show = with_indices(std::move(window.show), core, window.model);
  run_window(library, core.engine(), notices, window);
}

}  // namespace tessera::app
