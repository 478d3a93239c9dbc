#pragma once

#include <cstddef>
#include <string>

#include "image/inspection.h"
#include "tessera/base/error.h"

// What more than one decoder has to say.
namespace tessera::image {

[[noreturn]] inline void refuse_as_too_large(Format format, std::size_t most_memory,
                                             const std::string& where) {
  throw Error(std::string("the ") + name_of(format) + " picture is too large to be decoded in " +
                  std::to_string(most_memory / 1'000'000) + " MB of memory",
              where, "Make it smaller");
}

[[noreturn]] inline void refuse_as_truncated(Format format, const std::string& where) {
  throw Error(
      std::string("the ") + name_of(format) + " picture is truncated: the file ends before the picture does",
      where, "Copy or download it again");
}

[[noreturn]] inline void refuse_as_damaged(Format format, const std::string& why, const std::string& where) {
  throw Error(std::string("the ") + name_of(format) + " picture is damaged" + why, where,
              "Copy or download it again");
}

[[noreturn]] inline void refuse_as_unreadable(Format format, const std::string& why,
                                              const std::string& where) {
  throw Error(std::string("the ") + name_of(format) + " picture cannot be read (" + why + ")", where,
              "Convert it to an ordinary PNG or JPEG");
}

}  // namespace tessera::image
