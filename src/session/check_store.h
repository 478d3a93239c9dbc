#pragma once

#include <filesystem>
#include <optional>

#include "tessera/check/report.h"
#include "tessera/session/check_queries.h"

namespace tessera::session {

// Checks from earlier runs: a folder with a small JSON file for each network. Any thread, and several
// programs at once.
class CheckStore {
 public:
  explicit CheckStore(std::filesystem::path folder) : folder_(std::move(folder)) {}  // empty: keeps nothing

  // Nothing where there is none, or something that cannot be read: the next one replaces it.
  std::optional<check::Report> find(const CheckedNetwork& network) const;

  // Where it cannot be written, the check is made again the next time; that is not worth a word.
  void keep(const CheckedNetwork& network, const check::Report& report) const;

 private:
  std::filesystem::path file_of(const CheckedNetwork& network) const;

  std::filesystem::path folder_;
};

}  // namespace tessera::session
