#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/ask.h"
#include "app/commands/groups.h"
#include "app/exit_code.h"
#include "app/figure/groups_figure.h"
#include "app/find_class.h"
#include "app/find_layer.h"
#include "app/print.h"
#include "app/reports/layer_groups.h"
#include "app/table.h"
#include "tessera/session/queries.h"

namespace tessera::app {
namespace {

constexpr std::size_t shown_classes = 4;

class GroupsAsker {
 public:
  GroupsAsker(const GroupsArguments& arguments, const Options& options)
      : arguments_(arguments), log_(make_log(options.verbose)) {
    report_.image = arguments.image;
    session::GroupsRequest& request = report_.request;
    request.objective = factorization::objective_from_text(arguments.objective);
    request.model = options.model_reference();
    request.image = {session::stamp(arguments.image)};
    request.layer = arguments.layer;
    request.method = arguments.method;
    request.k = arguments.k;
    request.seed = arguments.seed;
    request.clip_negative = arguments.clip_negative;
    request.steps = arguments.steps;
  }

  LayerGroupsReport report() {
    open();
    report_.groups =
        wait_for_groups(core_.engine(), report_.request, nullptr, log_progress("finding groups"));
    report_.attributions =
        ask(core_, log_, "attributing", session::AttributeGroups{report_.groups, arguments_.steps, {}});
    return report_;
  }

  session::KCurve curve() {
    open();
    return wait_for_k_curve(core_.engine(), report_.request);
  }

  GroupsFigure figure(const LayerGroupsReport& report) {
    GroupsFigure figure;
    figure.report = &report;
    figure.seen = ask(core_, log_, "opening the image",
                      session::NetworkView{report.request.image, report.card->preprocessing.fit});
    return figure;
  }

 private:
  void open() {
    report_.card = ask(core_, log_, "opening the model", session::OpenModel{report_.request.model});
    find_layer(*report_.card, arguments_.layer);
    const auto verdict =
        ask(core_, log_, "classifying", session::Classify{report_.request.model, report_.request.image});
    std::vector<int>& classes = report_.classes;
    if (!arguments_.to.empty()) {
      classes.push_back(find_class(*report_.card, arguments_.to, "--to"));
      if (std::string note = note_on_class(*report_.card, arguments_.to, "--to"); !note.empty())
        report_.readings.push_back(std::move(note));
    }
    for (const model::ClassScore& score : verdict->classes)
      if (classes.size() < shown_classes &&
          std::find(classes.begin(), classes.end(), score.index) == classes.end())
        classes.push_back(score.index);
    report_.request.towards = attribution::ClassLogit{classes.front()};
  }

  std::function<void(const engine::Progress&)> log_progress(std::string doing) {
    return [this, doing = std::move(doing)](const engine::Progress& progress) {
      log_.info("{}: {:.0f} %, {}", doing, 100 * progress.fraction, progress.stage);
    };
  }

  const GroupsArguments& arguments_;
  Log log_;
  Core core_{log_};
  LayerGroupsReport report_;
};

std::string k_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

std::string curve_text(const session::KCurve& curve) {
  Table table({Align::right, Align::right, Align::right, Align::left});
  table.add({"k", "error", "stability", ""});
  for (const session::KTrial& trial : curve.trials)
    table.add({std::to_string(trial.k), k_number(trial.residual),
               trial.stability ? k_number(*trial.stability) : "", trial.k == curve.knee ? "knee" : ""});
  return table.text();
}

std::string curve_json(const session::KCurve& curve) {
  nlohmann::ordered_json trials = nlohmann::ordered_json::array();
  for (const session::KTrial& trial : curve.trials) {
    nlohmann::ordered_json one{{"k", trial.k}, {"residual", trial.residual}};
    one["stability"] = trial.stability ? nlohmann::ordered_json(*trial.stability) : nullptr;
    trials.push_back(std::move(one));
  }
  const nlohmann::ordered_json json{{"trials", std::move(trials)}, {"knee", curve.knee}};
  return json.dump(2) + '\n';
}

}  // namespace

int groups_of_image(const GroupsArguments& arguments, const Options& options) {
  GroupsAsker asker(arguments, options);
  if (arguments.curve) {
    const session::KCurve curve = asker.curve();
    print(arguments.json ? curve_json(curve) : curve_text(curve));
    return exit_ok;
  }
  const LayerGroupsReport report = asker.report();
  if (arguments.writes(".png")) {
    const WrittenGroups written = write_groups_figure(asker.figure(report), arguments.output);
    print(arguments.output.string() + ": " + std::to_string(report.groups->groups()) + " groups of " +
          report.groups->layer + ", " + std::to_string(written.width) + " × " +
          std::to_string(written.height) + "\n");
    for (const std::string& remark : report.remarks()) std::cerr << "Note: " << remark << '\n';
    return exit_ok;
  }
  if (arguments.writes(".npz")) npz::save(arguments.output, to_arrays(report));
  print(arguments.json ? to_json(report) : to_text(report));
  return exit_ok;
}

}  // namespace tessera::app
