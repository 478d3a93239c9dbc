// The manual page that `tessera --man` prints, against what `--help` says.
#include <cstdint>
#include <regex>
#include <set>
#include <sstream>

#include "app/roff.h"
#include "cli/tessera.h"
#include "support/catch.h"

namespace tessera::test {
namespace {

using Words = std::vector<std::string>;

std::string help_of(Words command) {
  command.push_back("--help");
  return tessera(command).out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// All commands and theirs, the program itself first.
std::vector<Words> commands_below(const Words& command) {
  std::vector<Words> all{command};
  bool among_commands = false;
  for (const std::string& line : lines_of(help_of(command))) {
    std::smatch word;
    if (line == "Subcommands:")
      among_commands = true;
    else if (line.empty())
      among_commands = false;
    else if (among_commands && std::regex_search(line, word, std::regex("^  ([a-z]+)"))) {
      Words sub = command;
      sub.push_back(word[1]);
      for (const Words& below : commands_below(sub)) all.push_back(below);
    }
  }
  return all;
}

std::set<std::string> options_in(const std::string& help) {
  std::set<std::string> options;
  for (const std::string& line : lines_of(help)) {
    std::smatch names;
    if (!std::regex_search(line, names, std::regex("^  (-[^ ]+)"))) continue;
    std::istringstream in(names[1]);
    for (std::string name; std::getline(in, name, ',');) options.insert(name);
  }
  return options;
}

// What stands below the heading of a section or a command.
std::string below(const std::string& manual, const std::string& heading) {
  const std::size_t begin = manual.find("\n" + heading + "\n");
  if (begin == manual.npos) return {};
  return manual.substr(begin, manual.find("\n.S", begin + heading.size() + 1) - begin);
}

std::string joined(const Words& words) {
  std::string text = "tessera";
  for (const std::string& word : words) text += ' ' + word;
  return text;
}

}  // namespace

TEST_CASE("the manual has every option of every command", "[cli]") {
  const std::string manual = tessera({"--man"}).out;
  const auto commands = commands_below({});
  CHECK(commands.size() > 10);
  const std::string of_program = below(manual, ".SH \"OPTIONS\"");
  const std::string common = of_program.substr(0, of_program.find("Without a command"));
  CHECK(common.size() < of_program.size());
  for (const Words& command : commands) {
    CAPTURE(joined(command));
    const std::string own =
        command.empty() ? of_program : below(manual, ".SS \"" + app::roff::escaped(joined(command)) + "\"");
    CHECK_FALSE(own.empty());
    const auto options = options_in(help_of(command));
    CHECK(options.contains("--help"));
    for (const std::string& option : options) {
      CAPTURE(option);
      const std::string bold = app::roff::bold(option);
      CHECK((own.find(bold) != own.npos || common.find(bold) != common.npos));
    }
  }
}

TEST_CASE("the manual has what closes the help", "[cli]") {
  const std::string manual = tessera({"--man"}).out;
  CHECK(below(manual, ".SH \"EXIT STATUS\"").find("wrong usage") != manual.npos);
  CHECK(below(manual, ".SH \"ENVIRONMENT\"").find("TESSERA_DATA") != manual.npos);
  CHECK(below(manual, ".SH \"PREPROCESSING\"").find("fit=center_crop") != manual.npos);
}

TEST_CASE("no line of the manual is a command of roff by accident", "[cli]") {
  const Finished run = tessera({"--man"});
  CHECK(run.exit_code == 0);
  CHECK(run.err.empty());
  CHECK(run.out.starts_with(".TH TESSERA 1 "));
  const std::set<std::string> macros{".TH", ".SH", ".SS", ".PP", ".TP", ".br", ".nh", ".ad"};
  for (const std::string& line : lines_of(run.out)) {
    CAPTURE(line);
    CHECK_FALSE(line.empty());
    CHECK_FALSE(line.starts_with('\''));
    if (line.starts_with('.')) CHECK(macros.contains(line.substr(0, line.find(' '))));
    for (const char letter : line) CHECK(std::uint8_t(letter) < 0x80);
    for (std::size_t i = line.find('\\'); i != line.npos; i = line.find('\\', i + 2))
      CHECK(std::string("-e&([f:").find(line[i + 1]) != std::string::npos);
  }
}

TEST_CASE("the manual needs neither a display nor its data", "[cli]") {
  CHECK(tessera({"--man"}, {{"TESSERA_DATA", "/nowhere"}, {"DISPLAY", ""}, {"HOME", ""}}).exit_code == 0);
  CHECK(tessera({"--help"}).out.find("--man") == std::string::npos);
}

}  // namespace tessera::test
