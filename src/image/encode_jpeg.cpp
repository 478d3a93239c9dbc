#include <exception>
#include <string>
#include <utility>

#include "image/encode.h"
#include "tessera/base/error.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wshadow"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

namespace tessera::image {
namespace {

struct Written {
  std::string bytes;
  std::exception_ptr problem;

  // No exception may pass through stb, which is C.
  static void append(void* user, void* data, int size) {
    auto& written = *static_cast<Written*>(user);
    try {
      written.bytes.append(static_cast<const char*>(data), std::size_t(size));
    } catch (...) {
      written.problem = std::current_exception();
    }
  }
};

}  // namespace

std::string encode_jpeg(const Image& picture, int quality) {
  if (picture.width < 1 || picture.height < 1) throw Error("a picture without pixels cannot be saved");
  Written written;
  const int done = stbi_write_jpg_to_func(&Written::append, &written, picture.width, picture.height, 3,
                                          picture.rgb.data(), quality);
  if (written.problem) std::rethrow_exception(written.problem);
  if (done == 0) throw Error("the JPEG could not be made");
  return std::move(written.bytes);
}

}  // namespace tessera::image
