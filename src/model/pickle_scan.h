#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tessera::model {

// Reads a pickle of a TorchScript archive (data.pkl, constants.pkl) without making anything of it, and throws
// Error for what LibTorch would read carelessly: tensors that reach beyond their storage, storages beyond
// their record, sizes that overflow, nesting that overflows the stack; and for objects that a plain network
// does not hold (custom classes, anything that is not TorchScript's). `record_size` gives the size of the
// record of a storage ("0" → data/0), nothing where it is missing.
void scan_pickle(std::string_view pickle,
                 const std::function<std::optional<std::uint64_t>(const std::string& key)>& record_size,
                 const std::string& where);

}  // namespace tessera::model
