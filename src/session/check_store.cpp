#include "session/check_store.h"

#include <string>
#include <string_view>
#include <system_error>

#include "base/read_file.h"
#include "tessera/base/atomic_file.h"
#include "tessera/base/error.h"

namespace tessera::session {
namespace {

constexpr std::size_t longest_report = std::size_t(4) << 20;  // bytes

}  // namespace

std::filesystem::path CheckStore::file_of(const CheckedNetwork& network) const {
  return folder_ / (network.key() + ".json");
}

std::optional<check::Report> CheckStore::find(const CheckedNetwork& network) const {
  if (folder_.empty()) return std::nullopt;
  const std::filesystem::path file = file_of(network);
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  try {
    const auto bytes = read_file(file, longest_report);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    check::Report report = check::report_from_json(text, file.string());
    if (report.model != network.hash) return std::nullopt;
    return report;
  } catch (const Error&) {
    return std::nullopt;
  }
}

void CheckStore::keep(const CheckedNetwork& network, const check::Report& report) const {
  if (folder_.empty()) return;
  try {
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (!failed) write_file_atomically(file_of(network), check::to_json(report));
  } catch (const Error&) {
  }
}

}  // namespace tessera::session
