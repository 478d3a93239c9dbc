#pragma once

#include <string>
#include <vector>

namespace tessera::app {

enum class Align { left, right };

// Text in columns for a terminal: columns as wide as their widest cell, two spaces apart, nothing at the ends
// of lines. Counts UTF-8 characters, each one cell wide.
class Table {
 public:
  explicit Table(std::vector<Align> columns) : columns_(std::move(columns)) {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tessera::app
