#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace tessera {

// How many threads a computation may keep busy: as OMP_NUM_THREADS says where it is set (which `--threads`
// does), else the processors that this process may run on (set by Slurm, taskset …), but no more than what
// its control group may use of them (set by Docker, Kubernetes, systemd …). At least 1. Any thread.
int thread_count();

// The numbers of the processors that this process may run on; none where the system does not tell.
std::vector<int> allowed_processors();

inline constexpr int most_threads = 4096;

// What OMP_NUM_THREADS asks for: "4", or the first of "4,2", one for each level of nesting; nothing where it
// is no number from 1 to most_threads.
std::optional<int> threads_from_text(std::string_view text);

// The processors that a control group may use, the least of it and those above it: 1.5 means half of the time
// of a second one. `membership`: what /proc/self/cgroup reads; `mount`: where the groups are, /sys/fs/cgroup.
// Versions 1 and 2 (kernel documentation: cgroup-v2, cpu.max; sched-bwc, cpu.cfs_quota_us). Nothing where
// there is no limit.
std::optional<double> processor_quota(const std::filesystem::path& mount, std::string_view membership);

}  // namespace tessera
