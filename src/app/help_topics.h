#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tessera::app {

// What is to be known beside the options.
struct HelpTopic {
  std::string title;    // in `tessera --help`
  std::string section;  // of the manual page
  std::vector<std::string> lines;
  std::vector<std::pair<std::string, std::string>> entries;  // a word and what it means
};

std::vector<HelpTopic> help_topics();

// As it closes `tessera --help`.
std::string to_text(const std::vector<HelpTopic>& topics);

}  // namespace tessera::app
