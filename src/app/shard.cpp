#include "app/shard.h"

#include <charconv>
#include <cstdlib>

#include "tessera/base/error.h"

namespace tessera::app {
namespace {

constexpr int most_shards = 1'000'000;

int whole_number(const std::string& text, const std::string& where) {
  int value = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < 0)
    throw Error("\"" + text + "\" is not a whole number from 0 up", where);
  return value;
}

Shard sound(Shard shard, const std::string& where) {
  if (shard.count < 1 || shard.count > most_shards || shard.index >= shard.count)
    throw Error("there is no part " + std::to_string(shard.index) + " of " + std::to_string(shard.count),
                where, "Parts are counted from 0");
  return shard;
}

class Reading {
 public:
  explicit Reading(const Environment& environment) : environment_(environment) {}

  bool has(const char* name) const { return environment_(name).has_value(); }
  int number(const char* name) const {
    const auto text = environment_(name);
    if (!text) throw Error("the environment lacks it", name, "Name the part with --shard");
    return whole_number(*text, name);
  }
  int number(const char* name, int otherwise) const { return has(name) ? number(name) : otherwise; }
  Shard shard(const char* rank, const char* size) const { return sound({number(rank), number(size)}, rank); }

  // The task of an array; its first index and its step are the user's choice.
  Shard array() const {
    constexpr const char* id = "SLURM_ARRAY_TASK_ID";
    if (!has(id)) return {};
    const int first = number("SLURM_ARRAY_TASK_MIN", 0);
    const int step = number("SLURM_ARRAY_TASK_STEP", 1);
    const int count = number("SLURM_ARRAY_TASK_COUNT");
    const int offset = number(id) - first;
    const int last = number("SLURM_ARRAY_TASK_MAX", first + (count - 1) * step);
    if (step < 1 || offset < 0 || offset % step != 0 || (last - first) / step + 1 != count)
      throw Error("the indices of this Slurm array are not evenly spaced", id,
                  "Use an array such as 0-7, or name the part with --shard");
    return sound({offset / step, count}, id);
  }

  Shard rank() const {
    if (has("OMPI_COMM_WORLD_RANK")) return shard("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE");
    if (has("PMI_RANK")) return shard("PMI_RANK", "PMI_SIZE");
    if (has("SLURM_PROCID") && !in_batch_script())
      return shard("SLURM_PROCID", has("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS");
    if (has("JOB_COMPLETION_INDEX")) return shard("JOB_COMPLETION_INDEX", "TESSERA_SHARDS");
    return {};
  }

 private:
  bool in_batch_script() const {
    return has("SLURM_JOB_ID") && !has("SLURM_STEP_ID") && !has("SLURM_STEP_NUM_TASKS");
  }

  const Environment& environment_;
};

}  // namespace

Shard shard_from_text(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos)
    throw Error("\"" + text + "\" names no part", "--shard", "Write 2/8 for the third of eight");
  return sound(
      {whole_number(text.substr(0, slash), "--shard"), whole_number(text.substr(slash + 1), "--shard")},
      "--shard");
}

Environment process_environment() {
  return [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    if (!value || !*value) return std::nullopt;
    return value;
  };
}

Shard shard_from_environment(const Environment& environment) {
  const Reading reading(environment);
  const Shard array = reading.array();
  const Shard rank = reading.rank();
  if (array.count > most_shards / rank.count)
    throw Error("the environment names too many parts", "", "Name the part with --shard");
  return {array.index * rank.count + rank.index, array.count * rank.count};
}

}  // namespace tessera::app
