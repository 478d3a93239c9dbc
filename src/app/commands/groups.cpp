#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/exit_code.h"
#include "app/print.h"
#include "app/reports/groups.h"
#include "tessera/base/error.h"
#include "tessera/base/load_cube.h"
#include "tessera/base/npz.h"
#include "tessera/factorization/factorize.h"

namespace tessera::app {
namespace {

struct Arguments {
  std::string cube;
  std::string array;
  std::string objective = "activations";
  int k = 6;
  std::uint64_t seed = 0;
  bool clip_negative = false;
  bool json = false;
  std::filesystem::path output;
};

// Positions of all cubes below each other, so that they share their groups.
factorization::Matrix stacked(const std::vector<Cube>& cubes) {
  const std::size_t positions = cubes.size() * cubes.front().positions();
  factorization::Matrix matrix(int(positions), cubes.front().channels);
  auto to = matrix.values.begin();
  for (const Cube& cube : cubes) to = std::copy(cube.values.begin(), cube.values.end(), to);
  return matrix;
}

// `maps` (height, width, k), with the number of cubes in front where there are several; `directions` (k,
// channels); `residual`, the relative error.
void save(const std::filesystem::path& file, const GroupsReport& report) {
  const factorization::Factorization& groups = report.groups;
  const std::size_t k = std::size_t(groups.atoms());
  npy::Array maps{{std::size_t(report.height), std::size_t(report.width), k}, groups.maps.values};
  if (report.cubes > 1) maps.shape.insert(maps.shape.begin(), std::size_t(report.cubes));
  npz::save(file, {{"maps", std::move(maps)},
                   {"directions", {{k, std::size_t(groups.channels())}, groups.directions.values}},
                   {"residual", {{}, {float(groups.residual)}}}});
}

int factorize_cube(const Arguments& arguments) {
  if (arguments.objective != "activations")
    throw Error("a cube alone has neither gradients nor attributions", "--objective",
                "Leave the objective out, or name its activations");
  if (!arguments.output.empty() && arguments.output.extension() != ".npz")
    throw Error("the groups are written as a .npz file", arguments.output.string());
  const std::vector<Cube> cubes = load_cubes(arguments.cube, arguments.array);

  factorization::Request request;
  request.k = arguments.k;
  request.seed = arguments.seed;
  request.clip_negative = arguments.clip_negative;
  GroupsReport report{arguments.cube,       arguments.objective, int(cubes.size()),
                      cubes.front().height, cubes.front().width, {}};
  try {
    report.groups = factorization::factorize(stacked(cubes), request);
  } catch (const Error& error) {
    throw Error(error.happened(), arguments.cube, error.remedy());
  }
  if (!arguments.output.empty()) save(arguments.output, report);
  print(arguments.json ? to_json(report) : to_text(report));
  return exit_ok;
}

}  // namespace

void add_groups(CommandLine& line) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = line.app.add_subcommand(
      "groups", "Breaks a layer's activations up into groups of neurons that fire together");
  command
      ->add_option("--cube", arguments->cube,
                   "Activations from elsewhere: float32 or float64, (height, width, "
                   "channels) or several such, as NumPy saves them")
      ->required()
      ->option_text("FILE.npy|npz REQUIRED");
  command->add_option("--array", arguments->array, "Which array of an archive (default: its only one)")
      ->option_text("NAME");
  command->add_option("-k", arguments->k, "How many groups (default: 6)")
      ->check(CLI::Range(1, factorization::Factorization::most_atoms))
      ->option_text("NUMBER");
  command->add_option("--objective", arguments->objective, "What the groups shall be about: activations")
      ->option_text("OBJECTIVE");
  command->add_option("--seed", arguments->seed, "Of the random starts (default: 0)")->option_text("NUMBER");
  command->add_flag("--clip", arguments->clip_negative,
                    "Take negative values for zero instead of refusing them");
  command->add_flag("--json", arguments->json, "Print JSON");
  command
      ->add_option("-o,--output", arguments->output, "Where to write maps, directions and residual as well")
      ->option_text("FILE.npz");
  command->callback([&line, arguments] { line.run = [arguments] { return factorize_cube(*arguments); }; });
}

}  // namespace tessera::app
