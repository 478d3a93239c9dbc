#include "tessera/model/libtorch.h"

#include <ATen/Version.h>
#include <torch/version.h>

namespace tessera::model {

LibTorch libtorch() { return {TORCH_VERSION, at::get_cpu_capability()}; }

}  // namespace tessera::model
