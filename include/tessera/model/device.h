#pragma once

#include <string>

namespace tessera::model {

// Where a model runs. `automatic`: a GPU where LibTorch has one that works, else the CPU.
enum class DeviceChoice { automatic, cpu, cuda, mps };

std::string to_text(DeviceChoice choice);                       // "auto", "cpu", "cuda", "mps"
DeviceChoice device_choice_from_text(const std::string& text);  // throws Error

}  // namespace tessera::model
