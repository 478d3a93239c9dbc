#include "app/command_line.h"

#include <exception>
#include <functional>
#include <iostream>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/version_text.h"

namespace tessera::app {
namespace {

constexpr const char* footer = R"(Preprocessing (--preprocess), for models that do not bring their own:
  a preset (imagenet, inception, unit, raw, minus_one_one), or fields over the ImageNet defaults, or both:
  224x224,range=1,mean=0.485/0.456/0.406,std=0.229/0.224/0.225,order=rgb,fit=center_crop,crop=0.875

Exit codes:
  0  done
  1  not possible: one sentence on stderr says why
  2  wrong usage

Environment:
  TESSERA_DATA  the folder of the bundled model and pictures, where it is not found near the program
  TESSERA_ICONS  the folder of finished icons (default: ~/.cache/tessera/icons))";

void add_commands(CommandLine& line) {
  add_inspect(line);
  add_activations(line);
  add_attribute(line);
  add_figure(line);
  add_groups(line);
  add_icons(line);
  add_match(line);
  add_open(line);
  add_window(line);
}

std::string usage_message(const CLI::App*, const CLI::Error& error) {
  return std::string("tessera: ") + error.what() +
         "\n`tessera --help` and `tessera COMMAND --help` say what is possible.\n";
}

// An option of the window before a command would go unheard.
void refuse_window_options_before_command(const CLI::App& app) {
  if (app.get_subcommands().empty()) return;
  for (const CLI::Option* option : app.get_options())
    if (option->get_group() == window_group && option->count() > 0)
      throw CLI::ValidationError(option->get_name(),
                                 "belongs to the window and makes no sense before the command " +
                                     app.get_subcommands().front()->get_name());
}

int fail(const char* what) {
  std::cerr << "tessera: " << what << std::endl;
  return exit_failure;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  try {
    CommandLine line;
    line.app.name("tessera");
    line.app.description(
        "Looks inside image networks: what each layer of a TorchScript model detects in a picture.");
    line.app.footer(footer);
    line.app.failure_message(usage_message);
    line.app.set_version_flag("--version", std::function<std::string()>(version_text));
    line.app.require_subcommand(0, 1);
    add_options(line.app, line.options);
    add_commands(line);
    try {
      line.app.parse(argc, argv);
      refuse_window_options_before_command(line.app);
    } catch (const CLI::ParseError& error) {
      return line.app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    return line.run();
  } catch (const std::exception& error) {
    return fail(error.what());
  } catch (...) {
    return fail("an unknown failure");
  }
}

}  // namespace tessera::app
