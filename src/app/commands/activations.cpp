#include <memory>
#include <string>

#include "app/ask.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/find_layer.h"
#include "app/print.h"
#include "tessera/base/npy.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

struct ActivationsArguments {
  std::string image;
  std::string layer;
  std::string output;
};

int write_activations(const ActivationsArguments& arguments, const Options& options) {
  Log log = make_log(options.verbose);
  Core core(log);
  const session::ModelRef model = options.model_reference();
  const session::ImageRef image{session::stamp(arguments.image)};

  const auto card = ask(core, log, "opening the model", session::OpenModel{model});
  find_layer(*card, arguments.layer);
  const auto activations =
      ask(core, log, "capturing the layer", session::Activations{model, image, arguments.layer});
  const Cube& cube = *activations->cube;
  npy::save(arguments.output, cube);
  print(arguments.output + ": " + arguments.layer + ", " + std::to_string(cube.height) + " × " +
        std::to_string(cube.width) + " × " + std::to_string(cube.channels) + ", float32\n");
  return exit_ok;
}

}  // namespace

void add_activations(CommandLine& line) {
  auto arguments = std::make_shared<ActivationsArguments>();
  CLI::App* command =
      line.app.add_subcommand("activations", "Writes what one layer computes from a picture as a NumPy file");
  command->add_option("IMAGE", arguments->image, "A picture: PNG, JPEG, BMP, …")->required();
  command->add_option("-l,--layer", arguments->layer, "A layer by the name that `tessera inspect` prints")
      ->required()
      ->option_text("NAME REQUIRED");
  command
      ->add_option("-o,--output", arguments->output, "The file to write: float32, (height, width, channels)")
      ->required()
      ->option_text("FILE.npy REQUIRED");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    line.run = [&line, arguments] { return write_activations(*arguments, line.options); };
  });
}

}  // namespace tessera::app
