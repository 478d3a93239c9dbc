#pragma once

#include <filesystem>
#include <vector>

namespace tessera::app {

// Where the bundled model, pictures and fonts are.
struct DataFolder {
  std::filesystem::path root;

  std::filesystem::path model() const { return root / "models" / "efficientnet_lite0.pt"; }
  std::filesystem::path fonts() const { return root / "assets" / "fonts"; }
  std::filesystem::path icon() const { return root / "assets" / "icon.png"; }
  std::filesystem::path shaders() const { return root / "shaders"; }
  std::filesystem::path python() const { return root / "assets" / "python"; }  // parts of scripts
  std::filesystem::path index_page() const { return root / "assets" / "index.html"; }
  std::filesystem::path icon_packs() const { return root / "models" / "icons"; }
  std::vector<std::filesystem::path> pictures() const;  // the bundled ones, in the order of their names
  std::filesystem::path image() const { return root / "assets" / "images" / "chelsea.png"; }
  std::vector<std::filesystem::path> all() const;  // the models and pictures in it
};

// In this order: the folder that the environment's TESSERA_DATA names; a folder above the executable that has
// the bundled model, or has it under share/tessera (a checkout with its build tree inside, an installation:
// both may be moved); the checkout this was built from. Throws Error where none has it.
DataFolder find_data_folder(const std::filesystem::path& executable);
DataFolder find_data_folder();  // for the running executable

// The running program's own file; empty where the system does not tell.
std::filesystem::path executable_file();

}  // namespace tessera::app
