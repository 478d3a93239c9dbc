#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "app/ask.h"
#include "app/check_folder.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/print.h"
#include "app/reports/check.h"
#include "tessera/session/check_queries.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

struct CheckArguments {
  std::string model;  // empty: the bundled one
  std::string image;  // empty: pictures are made
  bool json = false;
};

// Whoever names the model as everywhere else names the picture alone.
void settle_model(CheckArguments& arguments, const Options& options) {
  if (options.model.empty()) return;
  if (!arguments.image.empty()) refuse_option("--model", "MODEL and --model exclude each other");
  arguments.image = std::exchange(arguments.model, options.model);
}

int check_model(const CheckArguments& arguments, Options options) {
  options.model = arguments.model;
  Log log = make_log(options.verbose);
  Core core(log, {}, check_folder());
  session::CheckModel query{options.model_reference()};
  query.anew = true;
  if (!arguments.image.empty()) {
    query.image = session::ImageRef{session::stamp(arguments.image)};
    ask(core, log, "opening the image", session::OpenImage{*query.image});
  }
  CheckFindings findings;
  findings.model = options.model.empty() ? query.model.file.path : std::filesystem::path(options.model);
  findings.card = ask(core, log, "opening the model", session::OpenModel{query.model});
  findings.report = ask(core, log, "checking", query);

  print(arguments.json ? check::to_json(*findings.report) : to_text(findings));
  if (!check::failed(*findings.report)) return exit_ok;
  // Programs read stdout; the person behind them should still hear of it.
  if (arguments.json)
    for (const check::Line& line : findings.report->lines)
      if (line.outcome == check::Outcome::failed)
        std::cerr << "Warning: " << to_text(line.kind) << (line.layer.empty() ? "" : " at " + line.layer)
                  << ": " << line.sentence << '\n';
  return exit_failure;
}

}  // namespace

void add_check(CommandLine& line) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = line.app.add_subcommand(
      "check", "Tries on a network what everything else here relies on; ends with 1 where something fails");
  command->add_option("MODEL", arguments->model,
                      "A TorchScript file (default: the bundled EfficientNet-Lite0)");
  command->add_option("IMAGE", arguments->image, "A picture to try it on (default: pictures made for it)");
  command->add_flag("--json", arguments->json, "Print JSON, with every line of every layer");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    settle_model(*arguments, line.options);
    line.run = [&line, arguments] { return check_model(*arguments, line.options); };
  });
}

}  // namespace tessera::app
