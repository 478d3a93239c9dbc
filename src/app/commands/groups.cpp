#include "app/commands/groups.h"

#include <memory>

#include "app/commands/commands.h"
#include "app/options.h"
#include "tessera/base/error.h"

namespace tessera::app {
namespace {

// What makes no sense together, told before anything is opened.
void check_groups(const GroupsArguments& arguments) {
  if (arguments.image.empty() == arguments.cube.empty())
    refuse_option("IMAGE", "give either a picture with --layer, or activations from elsewhere with --cube");
  if (!arguments.cube.empty()) {
    if (!arguments.layer.empty()) refuse_option("--layer", "belongs to a picture, not to --cube");
    if (!arguments.to.empty()) refuse_option("--to", "belongs to a picture, not to --cube");
    if (arguments.curve) refuse_option("--curve", "belongs to a picture, not to --cube");
    return;
  }
  if (arguments.layer.empty()) refuse_option("--layer", "is required with a picture");
  if (!arguments.array.empty()) refuse_option("--array", "belongs to --cube");
  if (!arguments.output.empty() && !arguments.writes(".npz") && !arguments.writes(".png"))
    refuse_option("--output", "has to end in .npz or .png");
  if (arguments.curve && !arguments.output.empty()) refuse_option("--curve", "is printed, not written");
  if (arguments.json && arguments.writes(".png")) refuse_option("--json", "makes no sense with a .png");
}

// For CLI11: what is wrong with it, or nothing.
std::string is_objective(const std::string& text) {
  try {
    factorization::objective_from_text(text);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

void add_groups(CommandLine& line) {
  auto arguments = std::make_shared<GroupsArguments>();
  CLI::App* command = line.app.add_subcommand(
      "groups", "Breaks a layer's activations up into groups of neurons that fire together");
  command->add_option("IMAGE", arguments->image, "A picture: PNG, JPEG, BMP, …");
  command->add_option("-l,--layer", arguments->layer, "A layer by the name that `tessera inspect` prints")
      ->option_text("NAME");
  command
      ->add_option("--cube", arguments->cube,
                   "Instead of a picture: activations from elsewhere, float32 or float64, (height, width, "
                   "channels) or several such, as NumPy saves them")
      ->option_text("FILE.npy|npz");
  command->add_option("--array", arguments->array, "Which array of an archive (default: its only one)")
      ->option_text("NAME");
  command->add_option("-k", arguments->k, "How many groups (default: 6)")
      ->check(CLI::Range(1, factorization::Factorization::most_atoms))
      ->option_text("NUMBER");
  command
      ->add_option("--objective", arguments->objective,
                   "What the groups shall be about: activations, gradients, attributions, or blend:A,G,T "
                   "with the weights of the three (default: activations)")
      ->check(is_objective, "OBJECTIVE")
      ->option_text("OBJECTIVE");
  command
      ->add_option("--to", arguments->to,
                   "The class of gradients and attributions, shown first, by label, number or index ('#4') "
                   "(default: the likeliest)")
      ->option_text("CLASS");
  command
      ->add_option("--method", arguments->method,
                   "nmf, semi-nmf (directions may be negative), split-nmf, pca or clusters (default: nmf)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, factorization::Method>{{"nmf", factorization::Method::nmf},
                                                       {"semi-nmf", factorization::Method::semi_nmf},
                                                       {"split-nmf", factorization::Method::split_nmf},
                                                       {"pca", factorization::Method::pca},
                                                       {"clusters", factorization::Method::clusters}}))
      ->option_text("METHOD");
  command->add_option("--seed", arguments->seed, "Of the random starts (default: 0)")->option_text("NUMBER");
  command
      ->add_option("--steps", arguments->steps,
                   "Points along the path of gradients and attributions; 0: at the picture alone (default: "
                   "20)")
      ->check(CLI::Range(0, 10000))
      ->option_text("NUMBER");
  command->add_flag("--clip", arguments->clip_negative,
                    "Take negative values for zero instead of refusing them");
  command->add_flag("--curve", arguments->curve,
                    "Instead: how the error falls and how stable groups are for every k from 1 to 16");
  command->add_flag("--json", arguments->json, "Print JSON");
  command
      ->add_option("-o,--output", arguments->output,
                   "Where to write maps, directions, residual and attribution for NumPy; or a figure")
      ->option_text("FILE.npz|FILE.png");
  add_options(*command, line.options);
  command->callback([&line, arguments] {
    check_groups(*arguments);
    line.run = [&line, arguments] {
      return arguments->cube.empty() ? groups_of_image(*arguments, line.options) : groups_of_cube(*arguments);
    };
  });
}

}  // namespace tessera::app
