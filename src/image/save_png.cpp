#include <png.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "image/encode.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"
#include "tessera/image/save.h"

namespace tessera::image {
namespace {

// What libpng is given, prepared beforehand: between setjmp and longjmp nothing may be constructed.
struct Job {
  const Image& picture;
  std::vector<png_text> texts;
  png_uint_32 pixels_per_meter = 0;
  std::string written;
  std::string problem;
};

class PngWriter {
 public:
  explicit PngWriter(Job& job)
      : png_(png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning)) {
    if (png_) info_ = png_create_info_struct(png_);
  }
  ~PngWriter() { png_destroy_write_struct(&png_, &info_); }
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;

  bool write(Job& job) {
    if (!info_) return false;
    if (setjmp(png_jmpbuf(png_))) return false;
    png_set_write_fn(png_, &job, append, nullptr);
    png_set_IHDR(png_, info_, png_uint_32(job.picture.width), png_uint_32(job.picture.height), 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png_, info_, PNG_sRGB_INTENT_PERCEPTUAL);
    if (job.pixels_per_meter > 0)
      png_set_pHYs(png_, info_, job.pixels_per_meter, job.pixels_per_meter, PNG_RESOLUTION_METER);
    if (!job.texts.empty()) png_set_text(png_, info_, job.texts.data(), int(job.texts.size()));
    png_write_info(png_, info_);
    for (int y = 0; y < job.picture.height; ++y) png_write_row(png_, job.picture.pixel(0, y));
    png_write_end(png_, nullptr);
    return true;
  }

 private:
  // No exception may pass through libpng, which is C.
  static void append(png_structp png, png_bytep data, png_size_t size) {
    auto& job = *static_cast<Job*>(png_get_io_ptr(png));
    bool has_room = true;
    try {
      job.written.append(reinterpret_cast<const char*>(data), size);
    } catch (const std::exception&) {
      has_room = false;
    }
    if (!has_room) png_error(png, "out of memory");
  }
  static void on_error(png_structp png, png_const_charp message) {
    auto& job = *static_cast<Job*>(png_get_error_ptr(png));
    try {
      job.problem = message;
    } catch (const std::exception&) {
      job.problem.clear();
    }
    png_longjmp(png, 1);
  }
  // All that libpng warns about is checked before it is called.
  static void on_warning(png_structp, png_const_charp) {}

  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

// The rules of the PNG specification (11.3.3): 1 to 79 characters, printable, without superfluous spaces.
bool is_keyword(std::string_view word) {
  if (word.empty() || word.size() > 79 || word.front() == ' ' || word.back() == ' ') return false;
  if (word.find("  ") != std::string_view::npos) return false;
  for (const char letter : word)
    if (letter < ' ' || letter > '~') return false;
  return true;
}

// As iTXt, the only kind of text that is UTF-8; compressed where that pays.
png_text text_chunk(const std::string& keyword, const std::string& text) {
  constexpr std::size_t long_text = 1024;
  png_text chunk{};
  chunk.compression = text.size() >= long_text ? PNG_ITXT_COMPRESSION_zTXt : PNG_ITXT_COMPRESSION_NONE;
  // libpng's structure serves reading as well, hence not const; it copies both.
  chunk.key = const_cast<png_charp>(keyword.c_str());
  chunk.text = const_cast<png_charp>(text.c_str());
  chunk.itxt_length = text.size();
  return chunk;
}

}  // namespace

std::string encode_png(const Image& picture, const std::map<std::string, std::string>& texts,
                       double pixels_per_inch, const std::string& where) {
  if (picture.width < 1 || picture.height < 1) throw Error("a picture without pixels cannot be saved", where);
  Job job{picture, {}, 0, {}, {}};
  for (const auto& [keyword, text] : texts) {
    if (!is_keyword(keyword))
      throw Error("\"" + keyword + "\" cannot be the keyword of a text in a PNG", where);
    if (text.find('\0') != std::string::npos) throw Error("a text in a PNG cannot have a zero byte", where);
    job.texts.push_back(text_chunk(keyword, text));
  }
  if (pixels_per_inch > 0)
    job.pixels_per_meter = png_uint_32(std::lround(std::min(pixels_per_inch, 1e6) / 0.0254));
  if (!PngWriter(job).write(job)) throw Error("the PNG could not be made (" + job.problem + ")", where);
  return std::move(job.written);
}

void save_png(const Image& picture, const std::filesystem::path& file,
              const std::map<std::string, std::string>& texts, double pixels_per_inch) {
  write_file_atomically(file, std::string_view(encode_png(picture, texts, pixels_per_inch, file.string())));
}

}  // namespace tessera::image
