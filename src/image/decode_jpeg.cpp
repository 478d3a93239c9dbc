#include "image/decode_jpeg.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <limits>

// After <cstdio>, which they use without including it.
#include <jerror.h>
#include <jpeglib.h>

#include "image/refusals.h"

namespace tessera::image {
namespace {

// How libjpeg reports: error_exit must not return, hence longjmp.
struct Report : jpeg_error_mgr {
  std::jmp_buf back;
  char text[JMSG_LENGTH_MAX] = "";

  [[noreturn]] static void give_up(j_common_ptr decoder) {
    auto& report = *static_cast<Report*>(decoder->err);
    report.format_message(decoder, report.text);
    std::longjmp(report.back, 1);
  }
  // libjpeg fills up what is missing with grey and warns: that is no picture. Other warnings are harmless, as
  // bytes between segments, or of damage that hardly shows.
  static void warn(j_common_ptr decoder, int level) {
    const int code = decoder->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE))
      give_up(decoder);
  }
};

// The share of `a` that `b` of 255 leaves, rounded.
unsigned part(unsigned a, unsigned b) {
  const unsigned product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}

// `ink` as all programs write it, inverted: 255 is none. Pillow's arithmetic.
void ink_to_rgb(const JSAMPLE* ink, int width, std::uint8_t* rgb) {
  for (int x = 0; x < width; ++x, ink += 4, rgb += 3)
    for (int c = 0; c < 3; ++c) rgb[c] = std::uint8_t(ink[3] - part(255u - ink[c], ink[3]));
}

class JpegDecoder {
 public:
  JpegDecoder() {
    decoder_.err = jpeg_std_error(&report_);
    report_.error_exit = Report::give_up;
    report_.emit_message = Report::warn;
  }
  ~JpegDecoder() { jpeg_destroy_decompress(&decoder_); }
  JpegDecoder(const JpegDecoder&) = delete;
  JpegDecoder& operator=(const JpegDecoder&) = delete;

  // `samples` has room for the picture that was inspected. Between setjmp and longjmp nothing may be
  // constructed.
  bool read(std::span<const std::byte> bytes, const Inspection& inspection, std::size_t most_memory,
            std::uint8_t* samples) {
    if (setjmp(report_.back)) return false;
    jpeg_create_decompress(&decoder_);
    decoder_.mem->max_memory_to_use =
        long(std::min<std::size_t>(most_memory, std::numeric_limits<long>::max()));
    jpeg_mem_src(&decoder_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&decoder_, TRUE);
    disagrees_ = decoder_.image_width != inspection.width || decoder_.image_height != inspection.height ||
                 decoder_.num_components != inspection.channels;
    if (disagrees_) return false;
    const bool is_ink = inspection.channels == 4;
    decoder_.out_color_space = inspection.channels == 1 ? JCS_GRAYSCALE : is_ink ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&decoder_);
    const auto width = int(decoder_.output_width);
    const std::size_t row_size = std::size_t(width) * (inspection.channels == 1 ? 1 : 3);
    const JSAMPARRAY ink = decoder_.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&decoder_), JPOOL_IMAGE,
                                                      is_ink ? JDIMENSION(width) * 4 : 1, 1);
    while (decoder_.output_scanline < decoder_.output_height) {
      JSAMPROW row = samples + decoder_.output_scanline * row_size;
      jpeg_read_scanlines(&decoder_, is_ink ? ink : &row, 1);
      if (is_ink) ink_to_rgb(ink[0], width, row);
    }
    jpeg_finish_decompress(&decoder_);
    return true;
  }

  // What stopped `read`: the header is not the one that was inspected, or what libjpeg reports.
  bool disagrees() const { return disagrees_; }
  int code() const { return report_.msg_code; }
  const char* text() const { return report_.text; }

 private:
  Report report_{};
  jpeg_decompress_struct decoder_{};
  bool disagrees_ = false;
};

}  // namespace

Decoded decode_jpeg(std::span<const std::byte> bytes, const Inspection& inspection, std::size_t most_memory,
                    const std::string& where) {
  Decoded decoded;
  decoded.width = int(inspection.width);
  decoded.height = int(inspection.height);
  decoded.channels = inspection.channels == 1 ? 1 : 3;
  decoded.memory = std::make_unique<DecoderMemory>(most_memory);
  const std::size_t size =
      std::size_t(inspection.width) * std::size_t(inspection.height) * std::size_t(decoded.channels);
  // libjpeg takes a limit of 0 for none.
  void* samples = size < most_memory ? decoded.memory->allocate(size) : nullptr;
  if (!samples) refuse_as_too_large(Format::jpeg, most_memory, where);
  decoded.samples = samples;

  JpegDecoder decoder;
  if (decoder.read(bytes, inspection, most_memory - size, static_cast<std::uint8_t*>(samples)))
    return decoded;
  if (decoder.disagrees()) refuse_as_damaged(Format::jpeg, ": it gives its size in two ways", where);
  switch (decoder.code()) {
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
      refuse_as_too_large(Format::jpeg, most_memory, where);
    case JERR_INPUT_EOF:
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
      refuse_as_truncated(Format::jpeg, where);
    default:
      refuse_as_unreadable(Format::jpeg, decoder.text(), where);
  }
}

}  // namespace tessera::image
