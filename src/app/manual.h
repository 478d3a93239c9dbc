#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "app/help_topics.h"

namespace tessera::app {

// The manual page, as roff: every command and option that the command line describes and does not hide, and
// the topics that close its help. `source`, the program with its version, and `date` stand at the foot of the
// page.
std::string manual(const CLI::App& app, const std::vector<HelpTopic>& topics, const std::string& source,
                   const std::string& date);

}  // namespace tessera::app
