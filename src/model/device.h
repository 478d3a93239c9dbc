#pragma once

#include <string>

#include "model/torch.h"
#include "tessera/model/device.h"

namespace tessera::model {

// The device to run on. `automatic` takes CUDA where LibTorch has it and a small run on it works, then MPS
// likewise, then the CPU. Throws Error where the chosen one does not work.
c10::Device choose_device(DeviceChoice choice);

// "CPU (2 threads)", "CUDA", "MPS".
std::string device_name(c10::Device device);

// As many threads as this process may keep busy (base/thread_count.h) within operations, none between them.
// For the whole process: LibTorch has one such setting.
void use_available_threads();

}  // namespace tessera::model
