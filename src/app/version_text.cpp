#include "app/version_text.h"

#include <vector>

#include "app/commit.h"
#include "app/version.h"
#include "base/processor.h"
#include "factorization/kernels/kernels.h"
#include "featurevis/kernels/kernels.h"
#include "tessera/model/libtorch.h"

namespace tessera::app {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string commit_text() {
  if (std::string(commit).empty()) return "commit unknown";
  return std::string("commit ") + commit + ", " + commit_state;
}

// Both modules choose for themselves.
std::string chosen_kernels() {
  const std::string groups = factorization::kernels::best().name;
  const std::string icons = featurevis::kernels::best().name;
  return groups == icons ? groups + " kernels" : groups + " kernels for groups, " + icons + " for icons";
}

}  // namespace

std::string version_text() {
  const model::LibTorch torch = model::libtorch();
  const std::string features = joined(processor_features());
  return std::string(version) + " (" + commit_text() + ")\nLibTorch " + torch.version + " (" + torch.kernels +
         " kernels)\nProcessor: " + chosen_kernels() + " (" +
         (features.empty() ? "" : "it has " + features + "; ") + "built: " + joined(built_kernels()) + ")";
}

std::string version_date() { return commit_date; }

}  // namespace tessera::app
