#include "app/print.h"

#include <cstdio>

#include "tessera/base/error.h"

namespace tessera::app {

void print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
    throw Error("the output could not be written", "stdout", "Free some space or write elsewhere");
}

}  // namespace tessera::app
