#include "app/shard.h"

#include <map>
#include <set>

#include "support/catch.h"
#include "tessera/base/error.h"

namespace tessera::test::shard_test {
namespace {

app::Shard in(const std::map<std::string, std::string>& variables) {
  return app::shard_from_environment([&](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
}

}  // namespace

TEST_CASE("a process alone does everything", "[cli]") {
  CHECK(in({}) == app::Shard{0, 1});
  CHECK(in({{"SLURM_JOB_ID", "17"}, {"SLURM_NTASKS", "8"}, {"SLURM_PROCID", "0"}}) == app::Shard{0, 1});
  CHECK(in({{"SLURM_NTASKS", "8"}}) == app::Shard{0, 1});
}

TEST_CASE("ranks come from whatever started the process", "[cli]") {
  CHECK(in({{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "2"}}) == app::Shard{1, 2});
  CHECK(in({{"PMI_RANK", "3"}, {"PMI_SIZE", "4"}}) == app::Shard{3, 4});
  CHECK(in({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "2"}}) == app::Shard{0, 2});
  CHECK(in({{"SLURM_JOB_ID", "17"},
            {"SLURM_STEP_ID", "0"},
            {"SLURM_PROCID", "2"},
            {"SLURM_NTASKS", "8"},
            {"SLURM_STEP_NUM_TASKS", "4"}}) == app::Shard{2, 4});
  CHECK(in({{"JOB_COMPLETION_INDEX", "5"}, {"TESSERA_SHARDS", "6"}}) == app::Shard{5, 6});
  // mpirun inside of a Slurm job.
  CHECK(in({{"OMPI_COMM_WORLD_RANK", "1"},
            {"OMPI_COMM_WORLD_SIZE", "2"},
            {"SLURM_STEP_ID", "0"},
            {"SLURM_PROCID", "0"},
            {"SLURM_NTASKS", "1"}}) == app::Shard{1, 2});
}

TEST_CASE("an array's tasks are counted from its first index and by its step", "[cli]") {
  const auto task = [](const char* id) {
    return in({{"SLURM_ARRAY_TASK_ID", id},
               {"SLURM_ARRAY_TASK_MIN", "10"},
               {"SLURM_ARRAY_TASK_MAX", "16"},
               {"SLURM_ARRAY_TASK_STEP", "2"},
               {"SLURM_ARRAY_TASK_COUNT", "4"}});
  };
  CHECK(task("10") == app::Shard{0, 4});
  CHECK(task("16") == app::Shard{3, 4});
  CHECK_THROWS_AS(task("11"), Error);
  CHECK_THROWS_AS(task("8"), Error);
  CHECK_THROWS_AS(task("18"), Error);
}

TEST_CASE("ranks within an array's tasks do every item exactly once", "[cli]") {
  std::set<int> done;
  for (const char* id : {"0", "1", "2"})
    for (const char* rank : {"0", "1"}) {
      const app::Shard shard = in({{"SLURM_ARRAY_TASK_ID", id},
                                   {"SLURM_ARRAY_TASK_COUNT", "3"},
                                   {"OMPI_COMM_WORLD_RANK", rank},
                                   {"OMPI_COMM_WORLD_SIZE", "2"}});
      CHECK(shard.count == 6);
      for (int item = 0; item < 100; ++item)
        if (shard.has(item)) CHECK(done.insert(item).second);
    }
  CHECK(done.size() == 100);
}

TEST_CASE("an environment that makes no sense is refused", "[cli]") {
  CHECK_THROWS_AS(in({{"OMPI_COMM_WORLD_RANK", "2"}, {"OMPI_COMM_WORLD_SIZE", "2"}}), Error);
  CHECK_THROWS_AS(in({{"OMPI_COMM_WORLD_RANK", "0"}}), Error);
  CHECK_THROWS_AS(in({{"PMI_RANK", "-1"}, {"PMI_SIZE", "2"}}), Error);
  CHECK_THROWS_AS(in({{"PMI_RANK", "one"}, {"PMI_SIZE", "2"}}), Error);
  CHECK_THROWS_AS(in({{"PMI_RANK", "0"}, {"PMI_SIZE", "0"}}), Error);
  CHECK_THROWS_AS(in({{"JOB_COMPLETION_INDEX", "0"}}), Error);
  // --array=1,7,9
  CHECK_THROWS_AS(in({{"SLURM_ARRAY_TASK_ID", "7"},
                      {"SLURM_ARRAY_TASK_MIN", "1"},
                      {"SLURM_ARRAY_TASK_MAX", "9"},
                      {"SLURM_ARRAY_TASK_COUNT", "3"}}),
                  Error);
}

TEST_CASE("a part can be named", "[cli]") {
  CHECK(app::shard_from_text("2/8") == app::Shard{2, 8});
  for (const char* text : {"", "2", "8/8", "-1/8", "2/0", "a/b", "2/8/3", "2 /8"})
    CHECK_THROWS_AS(app::shard_from_text(text), Error);
}

}  // namespace tessera::test::shard_test
