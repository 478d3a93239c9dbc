#include "model/failure_text.h"

#include <cstdint>
#include <optional>
#include <stdexcept>

#include "model/torch.h"
#include "support/catch.h"
#include "tessera/base/error.h"
#include "tessera/model/libtorch.h"

namespace tessera::test::failure_text_test {
namespace {

template <class Fails>
std::optional<Error> explained(const Fails& fails) {
  try {
    fails();
  } catch (const std::exception& exception) {
    return model::explain_failure(exception);
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("what LibTorch throws becomes one sentence, without a backtrace", "[model]") {
  const auto error = explained([] { TORCH_CHECK(false, "sizes differ\nin many lines"); });
  REQUIRE(error);
  CHECK(error->happened() == "the network failed: sizes differ");
}

TEST_CASE("what LibTorch cannot allocate is too little memory", "[model]") {
  const auto error = explained([] { at::empty({std::int64_t(1) << 55}); });
  REQUIRE(error);
  CHECK(error->happened() == not_enough_memory().happened());
}

TEST_CASE("exceptions of others are not explained, but have a clause", "[model]") {
  CHECK_FALSE(explained([] { throw std::runtime_error("frame #0"); }));
  CHECK(model::clause_of(std::runtime_error("\n  one\r\ntwo")) == "one");
  CHECK(model::clause_of(std::runtime_error("")) == "for a reason that is not known");
  CHECK(model::clause_of(Error("no such layer", "cat.pt", "Choose another")) == "no such layer");
}

}  // namespace tessera::test::failure_text_test
