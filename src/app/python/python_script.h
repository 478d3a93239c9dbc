#pragma once

#include <filesystem>
#include <string>

#include "ui/numbers/figure_numbers.h"

namespace tessera::app {

// The script that computes a figure's numbers again and compares them with the arrays in NAME.npz beside it.
// `parts`: the folder of its parts (DataFolder::python). Throws Error where one of them cannot be read.
std::string python_script(const ui::FigureNumbers& numbers, const std::filesystem::path& parts,
                          const std::string& name);

// Writes NAME.npz beside `file`, which is NAME.py, and then the script, each whole or not at all. Returns the
// script. Throws Error.
std::string write_python(const ui::FigureNumbers& numbers, const std::filesystem::path& parts,
                         const std::filesystem::path& file);

// "NAME.npz" beside "NAME.py".
std::filesystem::path arrays_beside(std::filesystem::path script);

}  // namespace tessera::app
