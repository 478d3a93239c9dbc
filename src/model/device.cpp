#include "model/device.h"

#include <ATen/Context.h>
#include <torch/cuda.h>

#include "base/thread_count.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

// Whether a convolution runs there: a driver may be present and broken, or too old for the card.
bool works(c10::Device device) {
  try {
    const at::NoGradGuard no_grad;
    const auto options = at::TensorOptions().device(device);
    const at::Tensor result = at::conv2d(at::ones({1, 1, 4, 4}, options), at::ones({1, 1, 3, 3}, options));
    return result.cpu().sum().item<float>() == 36.0f;
  } catch (const std::exception&) {
    return false;
  }
}

bool has_cuda() { return torch::cuda::is_available() && works(c10::Device(c10::kCUDA, 0)); }
bool has_mps() { return at::hasMPS() && works(c10::Device(c10::kMPS, 0)); }

}  // namespace

c10::Device choose_device(DeviceChoice choice) {
  constexpr const char* remedy = "Choose --device auto or cpu";
  switch (choice) {
    case DeviceChoice::cpu:
      return c10::Device(c10::kCPU);
    case DeviceChoice::cuda:
      if (!has_cuda()) throw Error("this LibTorch has no CUDA device that works", "--device cuda", remedy);
      return c10::Device(c10::kCUDA, 0);
    case DeviceChoice::mps:
      if (!has_mps()) throw Error("this LibTorch has no MPS device that works", "--device mps", remedy);
      return c10::Device(c10::kMPS, 0);
    case DeviceChoice::automatic:
      break;
  }
  if (has_cuda()) return c10::Device(c10::kCUDA, 0);
  if (has_mps()) return c10::Device(c10::kMPS, 0);
  return c10::Device(c10::kCPU);
}

std::string device_name(c10::Device device) {
  if (device.is_cuda()) return "CUDA";
  if (device.type() == c10::kMPS) return "MPS";
  const int threads = at::get_num_threads();
  return "CPU (" + std::to_string(threads) + (threads == 1 ? " thread)" : " threads)");
}

void use_available_threads() {
  const int threads = thread_count();
  if (at::get_num_threads() != threads) at::set_num_threads(threads);
  // May be set only before the first use, and only once.
  if (at::get_num_interop_threads() == 1) return;
  try {
    at::set_num_interop_threads(1);
  } catch (const std::exception&) {
    // Somebody else in this process was first: nothing of Tessera runs between operations in parallel anyway.
  }
}

}  // namespace tessera::model
