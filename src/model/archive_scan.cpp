#include "model/archive_scan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "model/pickle_scan.h"
#include "model/side_effects.h"
#include "tessera/base/error.h"

namespace tessera::model {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

// Calls `visit` with every dotted name in the source ("torch.relu", "ops.prim.Print", "self.conv1"); strings
// and comments are passed over.
template <typename Visit>
void each_name(std::string_view source, Visit visit) {
  for (std::size_t i = 0; i < source.size();) {
    const char c = source[i];
    if (c == '#') {
      i = std::min(source.find('\n', i), source.size());
    } else if (c == '"' || c == '\'') {
      for (++i; i < source.size() && source[i] != c; ++i)
        if (source[i] == '\\') ++i;
      ++i;
    } else if (is_word(c)) {
      std::size_t end = i;
      while (end < source.size() && is_word(source[end])) ++end;
      visit(source.substr(i, end - i), source.substr(end));
      i = end;
    } else {
      ++i;
    }
  }
}

// Functions of the `torch` namespace that do not belong in a network.
constexpr std::array<std::string_view, 5> forbidden_functions{"torch.save", "torch.from_file", "torch.load",
                                                              "torch.manual_seed", "torch.seed"};
constexpr std::array<std::string_view, 5> forbidden_words{"open", "exec", "eval", "__import__", "compile"};

void check_name(std::string_view name, std::string_view rest, const std::string& where) {
  const std::string last(name.substr(name.rfind('.') + 1));
  if (last == "__setstate__")
    throw Error("the model wants to run code of its own while it is loaded (" + last + ")", where,
                "Export the network again from its plain modules");
  if (name.starts_with("__torch__.torch.classes.") || name.starts_with("torch.classes."))
    throw Error("the model uses a custom class (" + std::string(name) + "), which may hide anything", where,
                "Export the network again from plain modules, unquantized");
  if (name.starts_with("ops.")) {
    const std::string_view qualified = name.substr(4);
    const std::size_t dot = qualified.find('.');
    if (dot != std::string_view::npos)
      refuse_side_effect(std::string(qualified.substr(0, dot)) +
                         "::" + std::string(qualified.substr(dot + 1)));
  }
  const bool is_called = rest.starts_with("(");
  if (is_called &&
      (std::find(forbidden_functions.begin(), forbidden_functions.end(), name) != forbidden_functions.end() ||
       std::find(forbidden_words.begin(), forbidden_words.end(), name) != forbidden_words.end()))
    throw Error("the model wants to run " + std::string(name) + ", which reaches outside the network", where,
                "Export the network again without it");
}

// LibTorch's parser recurses over brackets.
constexpr int deepest_brackets = 500;

void check_nesting(std::string_view source, const std::string& where) {
  int depth = 0;
  for (const char c : source) {
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
    if (depth > deepest_brackets)
      throw Error("the archive is damaged or forged: its code is nested too deeply", where,
                  "Export the network again");
  }
}

}  // namespace

void scan_source(std::string_view source, const std::string& where) {
  try {
    each_name(source, [&](std::string_view name, std::string_view rest) { check_name(name, rest, where); });
  } catch (const Error& error) {
    if (!error.where().empty()) throw;
    throw Error(error.happened(), where, error.remedy());
  }
  check_nesting(source, where);
}

void scan_archive(Archive& archive) {
  const std::string file = archive.file().string();
  for (const auto& [record, facts] : archive.records()) {
    if (record.starts_with("code/") && record.ends_with(".py"))
      scan_source(archive.read(record), file + ", " + record);
    if (record != "data.pkl" && record != "constants.pkl") continue;
    const std::string folder = record.substr(0, record.find('.')) + "/";
    scan_pickle(
        archive.read(record),
        [&](const std::string& key) -> std::optional<std::uint64_t> {
          const auto found = archive.records().find(folder + key);
          if (found == archive.records().end()) return std::nullopt;
          return found->second.entry.size;
        },
        file + ", " + record);
  }
}

}  // namespace tessera::model
