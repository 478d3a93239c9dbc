#pragma once

#include <filesystem>
#include <string>

namespace tessera::test {

std::filesystem::path source_folder();                         // the checkout
std::filesystem::path binary_folder();                         // the build tree
std::filesystem::path data(const std::string& name);           // tests/data/NAME
std::filesystem::path bundled_model();                         // models/efficientnet_lite0.pt
std::filesystem::path bundled_image(const std::string& name);  // assets/images/NAME

// A recorded reference, in ../shared/reference beside the checkout or in the folder that TESSERA_REFERENCE
// names. Ends the test as skipped where this machine has none.
std::filesystem::path reference(const std::string& name);

}  // namespace tessera::test
