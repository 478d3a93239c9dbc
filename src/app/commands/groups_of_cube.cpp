#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "app/commands/groups.h"
#include "app/exit_code.h"
#include "app/print.h"
#include "app/reports/groups.h"
#include "tessera/base/error.h"
#include "tessera/base/load_cube.h"
#include "tessera/base/npz.h"

namespace tessera::app {
namespace {

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

}  // namespace

int groups_of_cube(const GroupsArguments& arguments) {
  if (!factorization::objective_from_text(arguments.objective).only_activations())
    throw Error("a cube alone has neither gradients nor attributions", "--objective",
                "Leave the objective out, or name its activations");
  if (!arguments.output.empty() && arguments.output.extension() != ".npz")
    throw Error("the groups are written as a .npz file", arguments.output.string());
  std::vector<std::string> remarks;
  const std::vector<Cube> cubes = load_cubes(arguments.cube, arguments.array, &remarks);
  for (const std::string& remark : remarks) std::cerr << "Note: " << remark << '\n';

  factorization::Request request;
  request.method = arguments.method;
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

}  // namespace tessera::app
