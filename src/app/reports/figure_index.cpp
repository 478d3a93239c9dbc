#include "app/reports/figure_index.h"

namespace tessera::app {
namespace {

void fill_in(std::string& page, std::string_view token, const std::string& text) {
  for (std::size_t at = 0; (at = page.find(token, at)) != std::string::npos; at += text.size())
    page.replace(at, token.size(), text);
}

std::string failure_text(const std::string& sentence) {
  return "<p class=\"failure\">" + escaped_for_html(sentence) + "</p>\n";
}

std::string figure_text(const IndexedFigure& figure) {
  const std::string title = escaped_for_html(figure.title);
  std::string text = "<figure>\n";
  if (figure.failure.empty()) {
    const std::string url = escaped_for_url(figure.file);
    text += "<a href=\"" + url + "\"><img src=\"" + url + "\" alt=\"" + title + "\" loading=\"lazy\"></a>\n";
  }
  text += "<figcaption><strong>" + title + "</strong>\n";
  if (figure.failure.empty())
    text += "<p>" + escaped_for_html(figure.caption) + "</p>\n";
  else
    text += failure_text(figure.failure);
  return text + "</figcaption>\n</figure>\n";
}

}  // namespace

std::string figure_index(const FigureIndex& index, std::string page) {
  std::string body;
  for (const IndexedImage& image : index.images) {
    body += "<section>\n<h2>" + escaped_for_html(image.name) + "</h2>\n";
    if (!image.failure.empty()) body += failure_text(image.failure);
    body += "<div class=\"figures\">\n";
    for (const IndexedFigure& figure : image.figures) body += figure_text(figure);
    body += "</div>\n</section>\n";
  }
  // The body last: what is in it must not be taken for one of the page's own places.
  fill_in(page, "@TITLE@", escaped_for_html(index.title));
  fill_in(page, "@MODEL@", escaped_for_html(index.model));
  fill_in(page, "@VERSION@", escaped_for_html(index.version));
  fill_in(page, "@BODY@", body);
  return page;
}

std::string escaped_for_html(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += letter;
    }
  }
  return escaped;
}

std::string escaped_for_url(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string escaped;
  for (const char letter : path) {
    if (plain.find(letter) != std::string_view::npos) {
      escaped += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    escaped += '%';
    escaped += digits[byte >> 4];
    escaped += digits[byte & 15];
  }
  return escaped;
}

}  // namespace tessera::app
