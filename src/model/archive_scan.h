#pragma once

#include <string>
#include <string_view>

#include "model/archive.h"

namespace tessera::model {

// Reads the archive's source code before anything of it is loaded, because loading may already run it. Throws
// Error for `__setstate__`, custom classes, and operations that reach outside the network: files, processes,
// the terminal. Reads the pickled data likewise (pickle_scan.h).
void scan_archive(Archive& archive);

// The same for one source text; `where` names it in errors.
void scan_source(std::string_view source, const std::string& where);

}  // namespace tessera::model
