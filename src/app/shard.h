#pragma once

#include <functional>
#include <optional>
#include <string>

namespace tessera::app {

// One of several processes that share a piece of work without talking to each other.
struct Shard {
  int index = 0;  // 0 to below `count`
  int count = 1;
  bool operator==(const Shard&) const = default;

  bool has(int item) const { return item % count == index; }
};

// "2/8": the third of eight. Throws Error.
Shard shard_from_text(const std::string& text);

using Environment = std::function<std::optional<std::string>(const char* name)>;
Environment process_environment();

// What the environment says this process is, the whole where it says nothing. Understood, with ranks of an
// array's tasks multiplied by those within a task:
//   a Slurm array       SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP, _COUNT
//   Open MPI            OMPI_COMM_WORLD_RANK, OMPI_COMM_WORLD_SIZE
//   MPICH, Intel MPI    PMI_RANK, PMI_SIZE
//   a Slurm step        SLURM_PROCID with SLURM_STEP_NUM_TASKS or SLURM_NTASKS; not in a batch script itself,
//   which
//                       has these too but is one process
//   Kubernetes          JOB_COMPLETION_INDEX, with the job's completions in TESSERA_SHARDS, because
//   Kubernetes tells
//                       no count
// Throws Error for numbers that make no sense and for arrays of uneven steps.
Shard shard_from_environment(const Environment& environment);

}  // namespace tessera::app
