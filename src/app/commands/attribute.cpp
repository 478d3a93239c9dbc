#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "app/ask.h"
#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/figure/attribution_map.h"
#include "app/find_class.h"
#include "app/find_layer.h"
#include "app/options.h"
#include "app/print.h"
#include "app/reports/attribution.h"
#include "tessera/base/error.h"
#include "tessera/base/npy.h"
#include "tessera/session/attribution_queries.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

constexpr const char* all_classes = "all";

struct AttributeArguments {
  std::string image;
  std::string layer;
  std::string to;
  std::string minus;
  std::string to_layer;
  By by = By::position;
  std::string method;  // empty: path, and linear between layers
  int steps = 20;
  attribution::Baseline baseline = attribution::Baseline::zero;
  attribution::GradientRules rules;
  bool rule_difference = false;
  bool json = false;
  std::filesystem::path output;

  bool between_layers() const { return !to_layer.empty(); }
  bool to_all() const { return to == all_classes; }
  bool writes(const char* extension) const { return output.extension() == extension; }

  std::string chosen_method() const {
    return !method.empty() ? method : between_layers() ? "linear" : "path";
  }
  // Midpoints, 0 where the method has none.
  int points() const { return chosen_method().ends_with("path") ? steps : 0; }
};

// What makes no sense together, told before anything is opened.
void check_attribute(const AttributeArguments& arguments) {
  if (arguments.to.empty() == arguments.to_layer.empty())
    refuse_option("--to", "give either a class (--to CLASS, --to all) or a layer (--to-layer NAME)");
  const bool several = arguments.to_all() || arguments.between_layers();
  if (several && !arguments.minus.empty()) refuse_option("--minus", "needs one class in --to");
  if (several && arguments.by == By::neuron) refuse_option("--by", "is position or channel here");
  if (several && arguments.chosen_method() != "path" && arguments.chosen_method() != "linear")
    refuse_option("--method", "is path or linear here");
  if (arguments.rule_difference) {
    if (several) refuse_option("--rule-difference", "needs one class in --to");
    if (arguments.rules == attribution::GradientRules{})
      refuse_option("--rule-difference",
                    "needs a rule: --pooling proportional or lucid, or --cancel-checkerboard");
    if (arguments.chosen_method() == "ablation")
      refuse_option("--rule-difference", "makes no sense with ablation, which takes no gradients");
  }
  if (arguments.output.empty()) return;
  if (!arguments.writes(".npy") && !arguments.writes(".png"))
    refuse_option("--output", "has to end in .npy or .png");
  if (arguments.writes(".png") && (several || arguments.by != By::position))
    refuse_option("--output", "can be a PNG for one class by position; use .npy for the rest");
}

attribution::Objective objective_of(const AttributeArguments& arguments, const model::ModelCard& card) {
  const int index = find_class(card, arguments.to, "--to");
  if (arguments.minus.empty()) return attribution::ClassLogit{index};
  return attribution::LogitDifference{index, find_class(card, arguments.minus, "--minus")};
}

// Where a class has the word for all of them as its label.
std::string note_on_all(const model::ModelCard& card) {
  const auto found = std::find(card.labels.begin(), card.labels.end(), all_classes);
  if (found == card.labels.end()) return {};
  return std::string(all_classes) + " means all classes; '#" + std::to_string(found - card.labels.begin()) +
         "' is the class that is labelled " + all_classes;
}

std::string name_of(const attribution::Objective& objective, const model::ModelCard& card) {
  if (const auto* difference = std::get_if<attribution::LogitDifference>(&objective))
    return class_text(card, difference->plus) + " − " + class_text(card, difference->minus);
  return class_text(card, std::get<attribution::ClassLogit>(objective).index);
}

class AttributionAsker {
 public:
  AttributionAsker(const AttributeArguments& arguments, const Options& options)
      : arguments_(arguments),
        log_(make_log(options.verbose)),
        model_(options.model_reference()),
        image_{session::stamp(arguments.image)} {}

  AttributionReport report() {
    AttributionReport report;
    report.image = arguments_.image;
    report.card = ask(core_, log_, "opening the model", session::OpenModel{model_});
    find_layer(*report.card, arguments_.layer);
    report.layer = arguments_.layer;
    report.by = arguments_.by;
    report.steps = arguments_.points();
    report.baseline = arguments_.baseline;
    report.rules = arguments_.rules;
    if (arguments_.between_layers())
      ask_between_layers(report);
    else if (arguments_.to_all())
      ask_all_classes(report);
    else
      ask_one(report);
    return report;
  }

 private:
  void add_reading(AttributionReport& report, std::string reading) {
    if (!reading.empty()) report.readings.push_back(std::move(reading));
  }

  void ask_one(AttributionReport& report) {
    attribution::AttributionRequest request;
    request.method = arguments_.chosen_method();
    request.layer = arguments_.layer;
    request.objective = objective_of(arguments_, *report.card);
    add_reading(report, note_on_class(*report.card, arguments_.to, "--to"));
    add_reading(report, note_on_class(*report.card, arguments_.minus, "--minus"));
    request.rules = arguments_.rules;
    request.baseline = arguments_.baseline;
    request.steps = arguments_.steps;
    if (arguments_.by != By::neuron) request.ablated = atoms_of(arguments_.by);
    report.to = name_of(request.objective, *report.card);
    if (arguments_.rule_difference) {
      report.to += ", change by the rules";
      report.attribution = ask(core_, log_, "attributing", session::RuleDifference{model_, image_, request});
    } else {
      report.attribution = ask(core_, log_, "attributing", session::Attribute{model_, image_, request});
    }
  }

  void ask_all_classes(AttributionReport& report) {
    report.to = all_classes;
    add_reading(report, note_on_all(*report.card));
    const attribution::AllClassesRequest request{arguments_.layer, atoms_of(arguments_.by),
                                                 arguments_.points(), arguments_.baseline, arguments_.rules};
    report.all_classes =
        ask(core_, log_, "attributing", session::AttributeAllClasses{model_, image_, request});
  }

  void ask_between_layers(AttributionReport& report) {
    const model::LayerInfo& from = find_layer(*report.card, arguments_.layer);
    const model::LayerInfo& to = find_layer(*report.card, arguments_.to_layer, "--to-layer");
    if (&to < &from)
      throw Error(to.name + " is computed before " + from.name, "--to-layer",
                  "Turn them round: --layer " + arguments_.to_layer + " --to-layer " + arguments_.layer);
    report.to = arguments_.to_layer;
    attribution::LayerToLayerRequest request;
    request.layer = arguments_.layer;
    request.other = arguments_.to_layer;
    request.atoms = request.other_atoms = atoms_of(arguments_.by);
    request.steps = arguments_.points();
    request.baseline = arguments_.baseline;
    request.rules = arguments_.rules;
    report.layer_to_layer = ask(core_, log_, "attributing", session::LayerToLayer{model_, image_, request});
  }

  const AttributeArguments& arguments_;
  Log log_;
  Core core_{log_};
  session::ModelRef model_;
  session::ImageRef image_;
};

std::string write_array(const AttributionReport& report, const AttributeArguments& arguments) {
  ReportArray array = to_array(report);
  if (arguments.writes(".npy")) {
    npy::save(arguments.output, array.shape, array.values);
    std::string sides;
    for (const std::size_t side : array.shape) sides += (sides.empty() ? "" : " × ") + std::to_string(side);
    return sides + ", float32";
  }
  Cube map(int(array.shape[0]), int(array.shape[1]), 1);
  map.values = std::move(array.values);
  std::string subtitle = report.layer + ", " + report.attribution->method;
  if (report.attribution->method != "grad-cam")
    subtitle += ", " + attribution::to_text(report.baseline) + " baseline";
  subtitle += ", " + attribution::to_text(report.rules);
  const WrittenMap written =
      write_attribution_map({std::make_shared<const Cube>(std::move(map)), report.to, subtitle,
                             report.note().remarks.empty() ? "" : report.note().remarks.front()},
                            arguments.output);
  return std::to_string(written.width) + " × " + std::to_string(written.height);
}

int attribute(const AttributeArguments& arguments, const Options& options) {
  const AttributionReport report = AttributionAsker(arguments, options).report();
  if (arguments.json) {
    print(to_json(report));
  } else if (arguments.output.empty()) {
    print(to_text(report));
  } else {
    print(arguments.output.string() + ": " + report.layer + " to " + report.to + ", " +
          write_array(report, arguments) + "\n");
    // The file cannot say it.
    for (const std::string& remark : report.remarks()) std::cerr << "Note: " << remark << '\n';
  }
  return exit_ok;
}

void add_methods(CLI::App& command, AttributeArguments& arguments) {
  std::vector<std::string> names;
  for (const attribution::MethodInfo& info : attribution::methods()) names.push_back(info.name);
  command
      .add_option("--method", arguments.method,
                  "How contributions are measured: path, linear, stochastic-path, ablation or grad-cam "
                  "(default: path; linear between layers)")
      ->check(CLI::IsMember(names))
      ->option_text("METHOD");
  command.add_option("--steps", arguments.steps, "Points along a path (default: 20)")
      ->check(CLI::Range(1, 10000))
      ->option_text("NUMBER");
  command
      .add_option("--baseline", arguments.baseline, "What stands for nothing: zero or mean (default: zero)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, attribution::Baseline>{
          {"zero", attribution::Baseline::zero}, {"mean", attribution::Baseline::mean}}))
      ->option_text("WHAT");
  command
      .add_option("--pooling", arguments.rules.pooling,
                  "How gradients pass max pools: exact, proportional or lucid (default: exact)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, attribution::Pooling>{{"exact", attribution::Pooling::exact},
                                                      {"proportional", attribution::Pooling::proportional},
                                                      {"lucid", attribution::Pooling::lucid}}))
      ->option_text("RULE");
  command.add_flag("--cancel-checkerboard", arguments.rules.cancel_checkerboard,
                   "Blur gradients where the network pools or strides");
  command.add_flag(
      "--rule-difference", arguments.rule_difference,
      "What --pooling and --cancel-checkerboard change: attributions under them less exact ones");
}

}  // namespace

void add_attribute(CommandLine& line) {
  auto arguments = std::make_shared<AttributeArguments>();
  CLI::App* command = line.app.add_subcommand(
      "attribute", "What of a layer speaks for and against a class, or acts on a later layer");
  command->add_option("IMAGE", arguments->image, "A picture: PNG, JPEG, BMP, …")->required();
  command
      ->add_option("-l,--layer", arguments->layer,
                   "A layer by the name that `tessera inspect` prints; input too")
      ->required()
      ->option_text("NAME REQUIRED");
  command->add_option("--to", arguments->to, "A class by label, number or index ('#4'), or all")
      ->option_text("CLASS");
  command->add_option("--minus", arguments->minus, "What speaks for --to rather than for this one")
      ->option_text("CLASS");
  command->add_option("--to-layer", arguments->to_layer, "A later layer instead of a class")
      ->option_text("NAME");
  command->add_option("--by", arguments->by, "neuron, position or channel (default: position)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, By>{
          {"neuron", By::neuron}, {"position", By::position}, {"channel", By::channel}}))
      ->option_text("WHAT");
  add_methods(*command, *arguments);
  CLI::Option* json = command->add_flag("--json", arguments->json, "Print JSON, with all values");
  command
      ->add_option("-o,--output", arguments->output,
                   "The file to write: float32, (H,W,C), (H,W) or (C); with --to all (classes,…); with "
                   "--to-layer (HM,WM,HL,WL) or (CM,CL); or a map by position as PNG")
      ->excludes(json)
      ->option_text("FILE.npy|FILE.png");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    check_attribute(*arguments);
    line.run = [&line, arguments] { return attribute(*arguments, line.options); };
  });
}

}  // namespace tessera::app
