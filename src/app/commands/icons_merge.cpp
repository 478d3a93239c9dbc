#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/commands/icons.h"
#include "app/exit_code.h"
#include "app/print.h"
#include "tessera/featurevis/icon_store.h"

namespace tessera::app {
namespace {

int merge_icons(const std::vector<std::string>& folders) {
  featurevis::Merged sum;
  for (std::size_t i = 0; i + 1 < folders.size(); ++i) {
    const featurevis::Merged merged = featurevis::merge_stores(folders[i], folders.back());
    sum.copied += merged.copied;
    sum.present += merged.present;
    sum.bad.insert(sum.bad.end(), merged.bad.begin(), merged.bad.end());
  }
  for (const std::string& bad : sum.bad) std::cerr << "tessera: passed over: " << bad << '\n';
  print(folders.back() + ": " + std::to_string(sum.copied) + " icons copied, " + std::to_string(sum.present) +
        " were there already, " + std::to_string(sum.bad.size()) + " passed over\n");
  return exit_ok;
}

}  // namespace

void add_icons_merge(CLI::App& icons, CommandLine& line) {
  auto folders = std::make_shared<std::vector<std::string>>();
  CLI::App* command =
      icons.add_subcommand("merge", "Copies finished icons from other stores into one, and verifies each");
  command->add_option("FOLDER", *folders, "The stores' folders, the one to copy into last")
      ->required()
      ->expected(2, 10000);
  command->callback([&line, folders] { line.run = [folders] { return merge_icons(*folders); }; });
}

}  // namespace tessera::app
