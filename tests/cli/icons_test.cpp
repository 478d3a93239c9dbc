// `tessera icons`: making, sharing, merging, packing and reviewing.
#include <algorithm>
#include <filesystem>

#include "cli/tessera.h"
#include "support/catch.h"
#include "support/paths.h"
#include "support/temporary_folder.h"
#include "tessera/featurevis/icon_pack.h"
#include "tessera/image/load.h"

namespace tessera::test::icons_test {
namespace {

using Arguments = std::vector<std::string>;

// A small network's icons, quickly.
Arguments render(const std::filesystem::path& store, const Arguments& more = {}) {
  Arguments arguments{"icons",        "render",     "--model", data("tiny/tiny_resnet.pt"),
                      "--preprocess", "unit,64x64", "--layer", "layer1",
                      "--steps",      "2",          "--size",  "32",
                      "--attempts",   "1",          "--store", store};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::size_t entries(const std::filesystem::path& store) {
  std::size_t count = 0;
  if (!std::filesystem::exists(store)) return 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(store))
    count += file.path().extension() == ".icon";
  return count;
}

bool says(const Finished& run, const std::string& text) { return run.out.find(text) != std::string::npos; }

std::filesystem::path find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string rest = path ? path : "";
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    const std::filesystem::path file = std::filesystem::path(rest.substr(0, colon)) / name;
    if (std::filesystem::exists(file)) return file;
    rest = colon == std::string::npos ? "" : rest.substr(colon + 1);
  }
  return {};
}

}  // namespace

TEST_CASE("icons are made once, and what is missing is made again", "[cli]") {
  const TemporaryFolder folder;
  const auto store = folder.path() / "icons";
  const Finished first = tessera(render(store, {"--channels", "0-3"}));
  CAPTURE(first.err);
  REQUIRE(first.exit_code == 0);
  CHECK(says(first, "layer1: 4 icons, 4 made now"));
  CHECK(entries(store) == 4);
  CHECK(says(tessera(render(store, {"--channels", "0-3"})), "4 icons, 0 made now"));
  std::filesystem::path one;
  for (const auto& file : std::filesystem::recursive_directory_iterator(store))
    if (file.is_regular_file()) one = file.path();
  std::filesystem::resize_file(one, 100);
  CHECK(says(tessera(render(store, {"--channels", "0-3"})), "4 icons, 1 made now"));
  CHECK(says(tessera(render(store, {"--channels", "0-3", "--seed", "1"})), "4 icons, 4 made now"));
  CHECK(entries(store) == 8);
}

TEST_CASE("the parts of an array make every icon once, and their merged stores make a pack", "[cli]") {
  const TemporaryFolder folder;
  Arguments merge{"icons", "merge"};
  std::size_t made = 0;
  for (const std::string id : {"0", "1", "2"}) {
    const auto store = folder.path() / id;
    const Finished run =
        tessera(render(store), {{"SLURM_ARRAY_TASK_ID", id}, {"SLURM_ARRAY_TASK_COUNT", "3"}});
    CAPTURE(run.err);
    REQUIRE(run.exit_code == 0);
    CHECK(says(run, "part " + id + " of 3"));
    made += entries(store);
    merge.push_back(store);
  }
  const auto all = folder.path() / "all", pack = folder.path() / "packs" / "layer1.pack";
  merge.push_back(all);
  const Finished merged = tessera(merge);
  CAPTURE(merged.out, merged.err);
  CHECK(merged.exit_code == 0);
  CHECK(entries(all) == made);
  CHECK(says(merged, std::to_string(made) + " icons copied"));
  const Finished packed = tessera(render(all, {"--pack", pack}));
  CAPTURE(packed.err);
  REQUIRE(packed.exit_code == 0);
  CHECK(says(packed, std::to_string(made) + " icons, 0 made now"));
  const auto opened = featurevis::IconPack::open(pack);
  CHECK(std::size_t(opened->header().channels) == made);
  CHECK(opened->header().layer == "layer1");
  CHECK(opened->header().recipe.steps == 2);
  for (int channel = 0; channel < opened->header().channels; ++channel) CHECK(opened->icon(channel));

  const auto sheet = folder.path() / "sheet.png";
  const Finished drawn = tessera({"icons", "sheet", "--pack", pack, "-o", sheet});
  CAPTURE(drawn.err);
  CHECK(drawn.exit_code == 0);
  CHECK(says(drawn, std::to_string(made) + " icons"));
  CHECK(image::load(sheet).width > 4 * 32);
}

TEST_CASE("two ranks of MPI share the work", "[cli]") {
  const std::filesystem::path mpirun = find_program("mpirun");
  if (mpirun.empty()) skip("no mpirun on this machine");
  const TemporaryFolder folder;
  const auto store = folder.path() / "icons";
  Arguments arguments{"-n", "2", "--oversubscribe", TESSERA_EXECUTABLE};
  const Arguments command = render(store);
  arguments.insert(arguments.end(), command.begin(), command.end());
  const Finished run = run_program(
      mpirun, arguments, {{"OMPI_ALLOW_RUN_AS_ROOT", "1"}, {"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"}});
  CAPTURE(run.out, run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(says(run, "part 0 of 2"));
  CHECK(says(run, "part 1 of 2"));
  const Finished again = tessera(render(store));
  CHECK(says(again, " icons, 0 made now"));
  CHECK(says(again, std::to_string(entries(store)) + " icons"));
}

TEST_CASE("icons that cannot be made are refused in one sentence", "[cli]") {
  const TemporaryFolder folder;
  const auto store = folder.path() / "icons";
  CHECK(failed_with(tessera(render(store, {"--channels", "9999"})), 1, "there is no channel 9999"));
  CHECK(failed_with(tessera(render(store, {"--channels", "3-1"})), 1, "names no channels"));
  CHECK(failed_with(tessera(render(store, {"--shard", "2/2"})), 1, "--shard"));
  CHECK(failed_with(tessera(render(store, {"--shard", "0/2", "--pack", folder.path() / "a.pack"})), 1,
                    "--pack"));
  CHECK(failed_with(tessera({"icons", "render", "--layer", "no_such_layer"}), 1, "no_such_layer"));
  CHECK(failed_with(tessera({"icons", "merge", folder.path() / "none", store}), 1, "no such folder"));
  CHECK(failed_with(
      tessera({"icons", "sheet", "--pack", data("tiny/tiny_resnet.pt"), "-o", folder.path() / "a.png"}), 1,
      "not a pack of icons"));
  CHECK(failed_with(tessera({"icons", "sheet", "-o", "a.png"}), 2, "--layer"));
  CHECK(failed_with(tessera({"icons"}), 2, "subcommand"));
  CHECK(entries(store) == 0);
}

TEST_CASE("a store that cannot be written costs the store, not the icons", "[cli]") {
  const TemporaryFolder folder;
  const auto pack = folder.path() / "a.pack";
  const Finished run = tessera(render("/proc/nowhere", {"--channels", "0-1", "--pack", pack}));
  CAPTURE(run.out, run.err);
  CHECK(run.exit_code == 0);
  CHECK(says(run, "2 icons, 2 made now"));
  CHECK(run.err.find("/proc/nowhere") != std::string::npos);
  CHECK(run.err.find("Icons are not kept") == run.err.rfind("Icons are not kept"));
  CHECK(featurevis::IconPack::open(pack)->icon(1));
}

}  // namespace tessera::test::icons_test
