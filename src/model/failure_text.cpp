#include "model/failure_text.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "model/torch.h"
#include "tessera/base/error.h"
#include "tessera/model/libtorch.h"

namespace tessera::model {
namespace {

// The processor's allocator throws a plain c10::Error; a card's has a type of its own.
bool is_of_memory(const c10::Error& error) {
  return dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr ||
         std::string_view(error.what_without_backtrace()).find("DefaultCPUAllocator: ") !=
             std::string_view::npos;
}

}  // namespace

std::string clause_of(const std::exception& exception) {
  if (const auto* error = dynamic_cast<const Error*>(&exception)) return error->happened();
  std::string text = exception.what();
  if (const auto* error = dynamic_cast<const c10::Error*>(&exception)) text = error->what_without_backtrace();
  // Many messages begin with an empty line.
  text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  text.erase(std::min(text.find_first_of("\r\n"), text.size()));
  return text.empty() ? "for a reason that is not known" : text;
}

std::optional<Error> explain_failure(const std::exception& exception) {
  const auto* error = dynamic_cast<const c10::Error*>(&exception);
  if (!error) return std::nullopt;
  if (is_of_memory(*error)) return not_enough_memory();
  return Error("the network failed: " + clause_of(*error));
}

}  // namespace tessera::model
