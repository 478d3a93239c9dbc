#include "app/command_line.h"

#include <exception>
#include <functional>
#include <iostream>
#include <string>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/help_topics.h"
#include "app/manual.h"
#include "app/print.h"
#include "app/version.h"
#include "app/version_text.h"

namespace tessera::app {
namespace {

void add_commands(CommandLine& line) {
  add_inspect(line);
  add_activations(line);
  add_attribute(line);
  add_check(line);
  add_figure(line);
  add_groups(line);
  add_icons(line);
  add_match(line);
  add_open(line);
  add_window(line);
}

// Printed while the program is installed (cmake/install.cmake); nobody else needs it in the help.
void add_manual(CommandLine& line) {
  line.app
      .add_flag_callback("--man",
                         [&line] {
                           line.run = [&line] {
                             print(manual(line.app, help_topics(), version, version_date()));
                             return exit_ok;
                           };
                         })
      ->group("");
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
    line.app.footer(to_text(help_topics()));
    line.app.failure_message(usage_message);
    line.app.set_version_flag("--version", std::function<std::string()>(version_text));
    line.app.require_subcommand(0, 1);
    add_options(line.app, line.options);
    add_commands(line);
    add_manual(line);
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
