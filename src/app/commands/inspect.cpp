#include <iostream>
#include <memory>
#include <string>

#include "app/ask.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/print.h"
#include "app/reports/inspection.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

struct InspectArguments {
  std::string image;
  bool json = false;
};

int inspect(const InspectArguments& arguments, const Options& options) {
  Log log = make_log(options.verbose);
  Core core(log);
  const session::ModelRef model = options.model_reference();
  const session::ImageRef image{session::stamp(arguments.image)};

  Inspection inspection;
  inspection.model = options.model.empty() ? model.file.path : std::filesystem::path(options.model);
  inspection.image = arguments.image;
  const auto picture = ask(core, log, "opening the image", session::OpenImage{image});
  inspection.image_width = picture->width;
  inspection.image_height = picture->height;
  inspection.card = ask(core, log, "opening the model", session::OpenModel{model});
  inspection.verdict = ask(core, log, "classifying", session::Classify{model, image});

  print(arguments.json ? to_json(inspection) : to_text(inspection));
  // Programs read stdout; the person behind them should still hear of it.
  if (arguments.json)
    for (const std::string& warning : inspection.verdict->warnings)
      std::cerr << "Warning: " << warning << '\n';
  return exit_ok;
}

}  // namespace

void add_inspect(CommandLine& line) {
  auto arguments = std::make_shared<InspectArguments>();
  CLI::App* command =
      line.app.add_subcommand("inspect", "Prints what a model makes of a picture, and its layers");
  command->add_option("IMAGE", arguments->image, "A picture: PNG, JPEG, BMP, …")->required();
  command->add_flag("--json", arguments->json, "Print JSON, with all classes");
  add_options(*command, line.options);
  command->callback(
      [&line, arguments] { line.run = [&line, arguments] { return inspect(*arguments, line.options); }; });
}

}  // namespace tessera::app
