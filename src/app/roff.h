#pragma once

#include <string>
#include <string_view>
#include <vector>

// The language of manual pages (groff_man(7)).
namespace tessera::app::roff {

// UTF-8 as roff that prints just that, wherever in a line it stands.
std::string escaped(std::string_view text);

std::string bold(std::string_view text);
std::string italic(std::string_view text);

// A page while it is written, with the macros of man(7). What is called roff is printed as it is; text may
// have `words in backquotes`, which become bold.
class Page {
 public:
  // `date` may be empty.
  Page(std::string_view name, std::string_view section, std::string_view date, std::string_view source);

  void section(std::string_view title);
  void subsection(std::string_view title);
  void paragraph(std::string_view text);
  void entry(std::string_view roff_tag, std::string_view text);
  void lines(const std::vector<std::string>& roff);  // which are not joined

  const std::string& text() const { return text_; }

 private:
  void macro(std::string_view name, std::string_view argument = "");
  void words(std::string_view text);

  std::string text_;
  bool after_heading_ = false;  // which begins a paragraph by itself
};

}  // namespace tessera::app::roff
