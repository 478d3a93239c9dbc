#include "tessera/base/error.h"

#include <utility>

namespace tessera {
namespace {

std::string sentence(const std::string& happened, const std::string& where, const std::string& remedy) {
  std::string text = where.empty() ? happened : where + ": " + happened;
  if (!remedy.empty()) text += ". " + remedy;
  return text;
}

}  // namespace

Error::Error(std::string happened, std::string where, std::string remedy)
    : std::runtime_error(sentence(happened, where, remedy)),
      happened_(std::move(happened)),
      where_(std::move(where)),
      remedy_(std::move(remedy)) {}

Error not_enough_memory() {
  return Error("there is not enough memory", {}, "Close something or use a smaller image");
}

}  // namespace tessera
