#include "app/manual.h"

#include <algorithm>
#include <cctype>

#include "app/commands/commands.h"
#include "app/roff.h"

namespace tessera::app {
namespace {

using OptionList = std::vector<const CLI::Option*>;

bool takes_more_than_one(const CLI::Option* option) {
  return option->get_expected_max() >= CLI::detail::expected_max_vector_size;
}

OptionList shown(const CLI::App& command, bool positional) {
  return command.get_options([positional](const CLI::Option* option) {
    return !option->get_group().empty() && option->get_positional() == positional;
  });
}

std::vector<const CLI::App*> subcommands(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); });
}

// The help has "FILE REQUIRED" where a value must be given.
std::string value_of(const CLI::Option* option) {
  constexpr std::string_view required = " REQUIRED";
  std::string value = option->get_option_text();
  if (value.ends_with(required)) value.resize(value.size() - required.size());
  if (value.empty() && option->get_type_size() != 0) value = option->get_type_name();
  return value;
}

std::vector<std::string> names_of(const CLI::Option* option) {
  std::vector<std::string> names;
  for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string value_after_name(const CLI::Option* option) {
  const std::string value = value_of(option);
  return value.empty() ? "" : " " + roff::italic(value);
}

std::string tag_of(const CLI::Option* option) {
  if (option->get_positional()) return roff::italic(option->get_name(true));
  std::string tag;
  for (const std::string& name : names_of(option)) tag += (tag.empty() ? "" : ", ") + roff::bold(name);
  return tag + value_after_name(option);
}

bool is_among(const OptionList& options, const CLI::Option* option) {
  return std::any_of(options.begin(), options.end(), [option](const CLI::Option* other) {
    return names_of(other) == names_of(option) && other->get_description() == option->get_description();
  });
}

void add_options(roff::Page& page, const OptionList& options) {
  for (const CLI::Option* option : options)
    page.entry(tag_of(option), option->get_description() + (option->get_required() ? " (required)" : ""));
}

std::string synopsis(const CLI::App& command, const std::string& path) {
  std::string text = roff::bold(path);
  for (const CLI::Option* option : shown(command, false))
    if (option->get_required()) text += " " + roff::bold(names_of(option).back()) + value_after_name(option);
  text += " [" + roff::italic("OPTION") + "]...";
  for (const CLI::Option* option : shown(command, true)) {
    const std::string name = tag_of(option) + (takes_more_than_one(option) ? "..." : "");
    text += option->get_required() ? " " + name : " [" + name + "]";
  }
  return text;
}

// Of the commands that do something by themselves.
void add_synopses(std::vector<std::string>& synopses, const CLI::App& command, const std::string& path) {
  if (command.get_require_subcommand_min() == 0) synopses.push_back(synopsis(command, path));
  for (const CLI::App* sub : subcommands(command)) add_synopses(synopses, *sub, path + " " + sub->get_name());
}

void add_command(roff::Page& page, const OptionList& common, const CLI::App& command,
                 const std::string& path) {
  page.subsection(path);
  page.paragraph(command.get_description());
  add_options(page, shown(command, true));
  OptionList own = shown(command, false);
  std::erase_if(own, [&](const CLI::Option* option) { return is_among(common, option); });
  add_options(page, own);
  for (const CLI::App* sub : subcommands(command))
    add_command(page, common, *sub, path + " " + sub->get_name());
}

// "Looks inside." as what stands behind a name and a dash.
std::string in_a_sentence(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  if (!text.empty()) text[0] = char(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

// Those of the program that its commands repeat, the window's aside: described once.
OptionList common_options(const CLI::App& app) {
  const auto commands = subcommands(app);
  OptionList common = shown(app, false);
  std::erase_if(common, [&](const CLI::Option* option) {
    return option->get_group() == window_group ||
           std::none_of(commands.begin(), commands.end(), [option](const CLI::App* command) {
             return is_among(shown(*command, false), option);
           });
  });
  return common;
}

void add_program_options(roff::Page& page, const CLI::App& app, const OptionList& common) {
  page.section("OPTIONS");
  page.paragraph("Commands that need a network understand these, before their names or behind them:");
  add_options(page, common);
  page.paragraph("Without a command the window opens, and understands as well:");
  add_options(page, shown(app, true));
  OptionList other = shown(app, false);
  std::erase_if(other, [&](const CLI::Option* option) { return is_among(common, option); });
  add_options(page, other);
}

void add_topic(roff::Page& page, const HelpTopic& topic) {
  page.section(topic.section);
  if (topic.entries.empty()) page.paragraph(topic.title + ":");
  for (const std::string& line : topic.lines) page.paragraph(line);
  for (const auto& [word, meaning] : topic.entries) page.entry(roff::bold(word), meaning);
}

}  // namespace

std::string manual(const CLI::App& app, const std::vector<HelpTopic>& topics, const std::string& source,
                   const std::string& date) {
  std::string title = app.get_name();
  for (char& letter : title) letter = char(std::toupper(static_cast<unsigned char>(letter)));
  roff::Page page(title, "1", date, source);
  page.section("NAME");
  page.lines({roff::escaped(app.get_name()) + " \\- " + roff::escaped(in_a_sentence(app.get_description()))});
  page.section("SYNOPSIS");
  std::vector<std::string> synopses;
  add_synopses(synopses, app, app.get_name());
  page.lines(synopses);
  page.section("DESCRIPTION");
  page.paragraph(app.get_description());
  const OptionList common = common_options(app);
  add_program_options(page, app, common);
  page.section("COMMANDS");
  for (const CLI::App* sub : subcommands(app))
    add_command(page, common, *sub, app.get_name() + " " + sub->get_name());
  for (const HelpTopic& topic : topics) add_topic(page, topic);
  return page.text();
}

}  // namespace tessera::app
