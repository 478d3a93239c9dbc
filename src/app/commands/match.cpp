#include <memory>
#include <string>
#include <vector>

#include "app/ask.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/find_layer.h"
#include "app/print.h"
#include "app/reports/matching.h"
#include "tessera/base/error.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

struct MatchArguments {
  std::vector<std::string> images;
  std::string with;
  std::string layer;
  std::string with_layer;  // empty: `layer`
  std::optional<model::Preprocessing> with_preprocessing;
  int rows = 20;
  bool json = false;
};

int match(const MatchArguments& arguments, const Options& options) {
  Log log = make_log(options.verbose);
  Core core(log);
  session::MatchChannels query;
  query.model = options.model_reference();
  query.layer = arguments.layer;
  query.with = query.model;
  query.with.file = session::stamp(arguments.with);
  if (arguments.with_preprocessing) query.with.preprocessing = arguments.with_preprocessing;
  query.with_layer = arguments.with_layer.empty() ? arguments.layer : arguments.with_layer;
  for (const std::string& image : arguments.images) query.images.push_back({session::stamp(image)});

  MatchReport report{arguments.images, query.layer, query.with_layer, nullptr,
                     nullptr,          nullptr,     arguments.rows};
  report.card = ask(core, log, "opening the model", session::OpenModel{query.model});
  find_layer(*report.card, query.layer, "--layer");
  report.with_card = ask(core, log, "opening the other model", session::OpenModel{query.with});
  find_layer(*report.with_card, query.with_layer, arguments.with_layer.empty() ? "--layer" : "--with-layer");
  report.match = ask(core, log, "comparing", query);
  print(arguments.json ? to_json(report) : to_text(report));
  return exit_ok;
}

}  // namespace

void add_match(CommandLine& line) {
  auto arguments = std::make_shared<MatchArguments>();
  CLI::App* command = line.app.add_subcommand(
      "match", "Finds which channels of two networks, or of two checkpoints of one, fire alike");
  command->add_option("IMAGE", arguments->images, "Pictures to compare them on")->required();
  command->add_option("--with", arguments->with, "The other network, a TorchScript file")
      ->required()
      ->option_text("FILE REQUIRED");
  command->add_option("-l,--layer", arguments->layer, "A layer by the name that `tessera inspect` prints")
      ->required()
      ->option_text("NAME REQUIRED");
  command->add_option("--with-layer", arguments->with_layer, "The other network's layer (default: the same)")
      ->option_text("NAME");
  command
      ->add_option_function<std::string>(
          "--with-preprocess",
          [arguments](const std::string& text) {
            try {
              arguments->with_preprocessing = model::preprocessing_from_text(text);
            } catch (const Error& error) {
              throw CLI::ValidationError(Error(error.happened(), "--with-preprocess", error.remedy()).what());
            }
          },
          "How a picture becomes the other network's input (default: as --preprocess, else as it says)")
      ->option_text("TEXT");
  command->add_option("--rows", arguments->rows, "Pairs to print; 0: all (default: 20)")
      ->check(CLI::NonNegativeNumber)
      ->option_text("NUMBER");
  command->add_flag("--json", arguments->json, "Print JSON, with all pairs");
  add_options(*command, line.options);
  command->callback(
      [&line, arguments] { line.run = [&line, arguments] { return match(*arguments, line.options); }; });
}

}  // namespace tessera::app
