#include "app/roff.h"

#include <cstdint>
#include <cstdio>

namespace tessera::app::roff {
namespace {

constexpr std::size_t line_length = 80;

// What roff would take for something else: a command, a dash, a typographic quote or accent.
const char* escape_of(char letter) {
  switch (letter) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '`':
      return "\\(ga";
    case '"':
      return "\\(dq";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return nullptr;
  }
}

// The code point that begins at `at`, which moves behind it. The program's own texts are valid UTF-8.
std::uint32_t take_code_point(std::string_view text, std::size_t& at) {
  const auto lead = std::uint8_t(text[at++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  std::uint32_t code = lead & (0x3Fu >> more);
  for (int i = 0; i < more && at < text.size(); ++i) code = code << 6 | (std::uint8_t(text[at++]) & 0x3Fu);
  return code;
}

std::string with_bold_quotes(std::string_view text) {
  std::string roff;
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == text.npos ? text.npos : text.find('`', open + 1);
    if (close == text.npos) return roff + escaped(text);
    roff += escaped(text.substr(0, open)) + bold(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return roff;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string roff;
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at];
    if (std::uint8_t(letter) >= 0x80) {
      char name[16];
      std::snprintf(name, sizeof name, "\\[u%04X]", unsigned(take_code_point(text, at)));
      roff += name;
      continue;
    }
    // Only where a line may begin with it.
    const bool begins_word = at == 0 || text[at - 1] == ' ';
    const bool inside_word = at + 1 < text.size() && text[at + 1] != ' ';
    if (letter == ',' && inside_word)
      roff += ",\\:";  // a long list of values may be broken there
    else if (letter == '.')
      roff += begins_word ? "\\&." : ".";
    else if (const char* escape = escape_of(letter))
      roff += escape;
    else
      roff += letter < ' ' ? ' ' : letter;
    ++at;
  }
  return roff;
}

std::string bold(std::string_view text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + escaped(text) + "\\fR"; }

Page::Page(std::string_view name, std::string_view section, std::string_view date, std::string_view source) {
  // The date as it is, since mandoc reads it. Values of options are neither hyphenated nor pulled apart.
  text_ = ".TH " + escaped(name) + " " + escaped(section) + " \"" + std::string(date) + "\" \"" +
          escaped(source) + "\"\n.nh\n.ad l\n";
}

void Page::section(std::string_view title) {
  macro("SH", title);
  after_heading_ = true;
}

void Page::subsection(std::string_view title) {
  macro("SS", title);
  after_heading_ = true;
}

void Page::paragraph(std::string_view text) {
  if (!after_heading_) macro("PP");
  words(text);
}

void Page::entry(std::string_view roff_tag, std::string_view text) {
  macro("TP");
  text_.append(roff_tag) += '\n';
  words(text);
}

void Page::lines(const std::vector<std::string>& roff) {
  for (std::size_t i = 0; i < roff.size(); ++i) {
    if (i > 0) macro("br");
    text_ += roff[i] + '\n';
  }
}

void Page::macro(std::string_view name, std::string_view argument) {
  text_.append(".").append(name);
  after_heading_ = false;
  if (!argument.empty()) text_ += " \"" + escaped(argument) + "\"";
  text_ += '\n';
}

// Lines are broken between words, since roff joins them again.
void Page::words(std::string_view text) {
  if (text.empty()) return;
  after_heading_ = false;
  const std::string roff = with_bold_quotes(text);
  std::size_t begin = 0;
  while (roff.size() - begin > line_length) {
    std::size_t end = roff.rfind(' ', begin + line_length);
    if (end == roff.npos || end <= begin) end = roff.find(' ', begin);
    if (end == roff.npos) break;
    text_.append(roff, begin, end - begin) += '\n';
    begin = roff.find_first_not_of(' ', end);
    if (begin == roff.npos) return;
  }
  text_.append(roff, begin) += '\n';
}

}  // namespace tessera::app::roff
