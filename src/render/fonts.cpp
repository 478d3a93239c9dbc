#include "render/fonts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

namespace tessera::render {
namespace {

// ImGui sizes a face by its line, ascent to descent, which is 1.21 em in Inter.
constexpr float small_line = 14.5f;  // 12 px
constexpr float body_line = 17;      // 14 px
constexpr float title_line = 25;     // 20.5 px
// Zero's own width; the few wider digits have air to spare.
constexpr float digit_width = 0.625f / 1.21f;  // of a line

// Pairs of first and last, ended by 0; ImGui keeps the pointers.
constexpr std::array<ImWchar, 17> everything{0x0020, 0x024F,  // Latin
                                             0x0370, 0x052F,  // Greek, Cyrillic
                                             0x1E00, 0x1EFF,  // Latin with rarer accents
                                             0x2010, 0x206F,  // dashes, quotes, ellipsis
                                             0x2070, 0x20BF,  // raised and lowered digits, currencies
                                             0x2100, 0x22FF,  // letter-like signs, arrows, mathematics
                                             0x2300, 0x23CF,  // keys
                                             0x25A0, 0x27BF,  // triangles, ticks
                                             0};
// For the faces that set short texts of our own and names from models.
constexpr std::array<ImWchar, 11> common{0x0020, 0x017F, 0x0391, 0x03C9, 0x2010, 0x203A,
                                         0x2190, 0x2264, 0x25B2, 0x25BD, 0};
constexpr std::array<ImWchar, 3> digits{'0', '9', 0};
constexpr std::array<ImWchar, 13> common_but_digits{0x0020, '0' - 1, '9' + 1, 0x017F, 0x0391, 0x03C9, 0x2010,
                                                    0x203A, 0x2190,  0x2264,  0x25B2, 0x25BD, 0};

using Bytes = std::vector<char>;

Bytes read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// ImGui asserts on what is no font at all. (OpenType with CFF outlines, TrueType.)
bool looks_like_font(const Bytes& bytes) {
  const std::string_view start(bytes.data(), std::min<std::size_t>(bytes.size(), 4));
  return bytes.size() > 1024 && (start == "OTTO" || start == std::string_view("\0\1\0\0", 4));
}

class Loader {
 public:
  Loader(const std::filesystem::path& folder, float scale, float density)
      : folder_(folder), scale_(scale), density_(density) {}

  ImFont* face(const std::string& file, float line, const ImWchar* ranges) {
    return add(file, config(line), ranges);
  }

  // A second face merged into the first gives every digit the same advance.
  ImFont* tabular_face(const std::string& file, float line) {
    ImFontConfig letters = config(line);
    ImFontConfig figures = config(line);
    figures.MergeMode = true;
    figures.GlyphMinAdvanceX = figures.GlyphMaxAdvanceX = digit_width * figures.SizePixels;
#if IMGUI_VERSION_NUM >= 19200
    letters.GlyphExcludeRanges =
        digits.data();  // glyphs are made when they are first drawn: ranges no longer limit them
#endif
    ImFont* font = add(file, letters, common_but_digits.data());
    if (font_file_found_) add(file, figures, digits.data());
    return font;
  }

  std::string note() const {
    return missing_.empty()
               ? ""
               : "The font file " + missing_ + " is missing or broken, so a plain one is shown. " +
                     "Install Tessera's data folder again.";
  }

 private:
  ImFontConfig config(float line) const {
    ImFontConfig made;
    made.SizePixels = std::round(line * scale_ * density_ * 2) / 2;
    made.OversampleH = scale_ * density_ < 1.5f ? 3 : 2;
    made.OversampleV = 1;
    return made;
  }

  ImFont* add(const std::string& file, ImFontConfig config, const ImWchar* ranges) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    const std::filesystem::path path = folder_ / file;
    const Bytes bytes = read(path);
    font_file_found_ = looks_like_font(bytes);
    ImFont* font = nullptr;
    if (font_file_found_) {
      void* owned = IM_ALLOC(bytes.size());
      std::copy(bytes.begin(), bytes.end(), static_cast<char*>(owned));
      font = atlas.AddFontFromMemoryTTF(owned, int(bytes.size()), config.SizePixels, &config, ranges);
    } else {
      missing_ = path.string();
      font = atlas.AddFontDefault(&config);
    }
    font->Scale = 1 / density_;
    return font;
  }

  std::filesystem::path folder_;
  float scale_;
  float density_;
  bool font_file_found_ = false;
  std::string missing_;
};

}  // namespace

LoadedFonts load_fonts(const std::filesystem::path& folder, float scale, float density) {
  Loader loader(folder, scale, density);
  LoadedFonts loaded;
  // The first is what ImGui itself falls back to.
  loaded.fonts.body = loader.face("Inter-Regular.otf", body_line, everything.data());
  loaded.fonts.small = loader.face("Inter-Regular.otf", small_line, everything.data());
  loaded.fonts.strong = loader.face("Inter-SemiBold.otf", body_line, common.data());
  loaded.fonts.title = loader.face("Inter-SemiBold.otf", title_line, common.data());
  loaded.fonts.number = loader.tabular_face("Inter-Regular.otf", body_line);
  loaded.note = loader.note();
  return loaded;
}

}  // namespace tessera::render
