#include "base/npy_header.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "tessera/base/error.h"

// The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
namespace tessera::npy {
namespace {

constexpr std::size_t most_dimensions = 32;

// Reads the few kinds of Python literal that the header's dictionary is made of.
class LiteralReader {
 public:
  LiteralReader(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  [[noreturn]] void fail(const std::string& problem) const {
    throw Error("the NumPy header is malformed: " + problem, where_, "Save the array again with numpy.save");
  }

  bool take(char wanted) {
    skip_spaces();
    if (text_.empty() || text_.front() != wanted) return false;
    text_.remove_prefix(1);
    return true;
  }

  void expect(char wanted, const char* place) {
    if (!take(wanted)) fail(std::string("a '") + wanted + "' is missing " + place);
  }

  std::string string() {
    const char quote = take('\'') ? '\'' : '"';
    if (quote == '"' && !take('"')) fail("a quoted text is missing");
    const std::size_t end = text_.find(quote);
    if (end == std::string_view::npos) fail("a quoted text has no end");
    std::string content(text_.substr(0, end));
    if (content.find('\\') != std::string::npos) fail("a quoted text has an escape");
    text_.remove_prefix(end + 1);
    return content;
  }

  bool boolean() {
    skip_spaces();
    for (const auto& [name, value] : {std::pair("True", true), std::pair("False", false)})
      if (text_.starts_with(name)) {
        text_.remove_prefix(std::string_view(name).size());
        return value;
      }
    fail("fortran_order is neither True nor False");
  }

  std::size_t size() {
    skip_spaces();
    std::size_t value = 0;
    const auto [end, problem] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (problem == std::errc::result_out_of_range) fail("a dimension is too large");
    if (problem != std::errc()) fail("a dimension is not a whole number of at least 0");
    text_.remove_prefix(std::size_t(end - text_.data()));
    return value;
  }

  std::vector<std::size_t> tuple() {
    if (!take('(')) fail("shape is not a tuple");
    std::vector<std::size_t> values;
    bool ended_by_comma = true;
    while (!take(')')) {
      if (!ended_by_comma) fail("a ',' is missing in the shape");
      values.push_back(size());
      if (values.size() > most_dimensions) fail("it has more than 32 dimensions");
      ended_by_comma = take(',');
    }
    // In Python (3) is the number three.
    if (values.size() == 1 && !ended_by_comma) fail("shape is not a tuple");
    return values;
  }

  bool at_end() {
    skip_spaces();
    return text_.empty();
  }

 private:
  void skip_spaces() {
    while (!text_.empty() && text_.front() == ' ') text_.remove_prefix(1);
  }

  std::string_view text_;
  const std::string& where_;
};

// A type such as "<f4" or "|u1".
void read_type(const std::string& type, Header& header, const LiteralReader& reader) {
  const auto is_order = [](char letter) { return letter == '<' || letter == '>' || letter == '|'; };
  if (type == "|O") {
    header.kind = 'O';
    return;
  }
  std::size_t size = 0;
  const char* end = type.data() + type.size();
  if (type.size() < 3 || !is_order(type[0])) reader.fail("the type \"" + type + "\" is unknown");
  const auto [stopped, problem] = std::from_chars(type.data() + 2, end, size);
  if (problem != std::errc() || stopped != end) reader.fail("the type \"" + type + "\" is unknown");
  if (size == 0) reader.fail("the type \"" + type + "\" is unknown");
  if (size > 1 && type[0] == '|') reader.fail("the type \"" + type + "\" has no byte order");
  header.kind = type[1];
  header.item_size = size;
  header.big_endian = type[0] == '>';
}

void read_dictionary(std::string_view text, const std::string& where, Header& header) {
  LiteralReader reader(text, where);
  std::optional<std::string> type;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::size_t>> shape;
  const auto once = [&](const auto& value, const std::string& key) {
    if (value) reader.fail("the key \"" + key + "\" is there twice");
  };

  reader.expect('{', "at the start");
  while (!reader.take('}')) {
    const std::string key = reader.string();
    reader.expect(':', "after a key");
    if (key == "descr") {
      once(type, key);
      if (reader.take('['))
        throw Error("the array has named fields, which cannot be read", where, "Save one field alone");
      type = reader.string();
    } else if (key == "fortran_order") {
      once(fortran_order, key);
      fortran_order = reader.boolean();
    } else if (key == "shape") {
      once(shape, key);
      shape = reader.tuple();
    } else {
      reader.fail("the key \"" + key + "\" is unknown");
    }
    if (!reader.take(',')) {
      reader.expect('}', "at the end");
      break;
    }
  }
  if (!reader.at_end()) reader.fail("something follows the dictionary");
  if (!type || !fortran_order || !shape)
    reader.fail("a key is missing; it needs descr, fortran_order and shape");
  read_type(*type, header, reader);
  header.fortran_order = *fortran_order;
  header.shape = std::move(*shape);
}

}  // namespace

Header parse_header(std::span<const std::byte> bytes, const std::string& where) {
  constexpr std::string_view magic = "\x93NUMPY";
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(magic)) throw Error("this is not a NumPy .npy file", where);
  const auto at = [&](std::size_t i) -> std::size_t {
    if (i >= bytes.size()) throw Error("the NumPy file is truncated in its header", where);
    return std::to_integer<std::size_t>(bytes[i]);
  };
  const std::size_t version = at(6);
  if (version < 1 || version > 3 || at(7) != 0)
    throw Error("the NumPy file has version " + std::to_string(version) + "." + std::to_string(at(7)) +
                    "; versions 1.0 to 3.0 can be read",
                where);
  const std::size_t start = version == 1 ? 10 : 12;
  std::size_t length = at(8) | at(9) << 8;
  if (version > 1) length |= at(10) << 16 | at(11) << 24;
  if (length > bytes.size() - start) throw Error("the NumPy file is truncated in its header", where);

  std::string_view dictionary = text.substr(start, length);
  if (!dictionary.ends_with('\n'))
    throw Error("the NumPy header is malformed: it does not end in a new line", where);
  dictionary.remove_suffix(1);
  Header header;
  header.length = start + length;
  read_dictionary(dictionary, where, header);
  return header;
}

}  // namespace tessera::npy
