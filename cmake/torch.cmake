# Finds LibTorch, in this order:
#   1. Torch_DIR or CMAKE_PREFIX_PATH (settings or environment variables), when given;
#   2. the torch installed for the Python on PATH: a CPU build, or a CUDA build where its toolkit is there to link with;
#   3. the CPU build of torch, installed with pip into a folder beside the build folders, which all of them share.
# A LibTorch that merely lies in the system's folders is not considered: Debian's is older than what Tessera needs.
# Ends with TORCH_LIBRARIES and TORCH_INCLUDE_DIRS of LibTorch's own TorchConfig.cmake.

set(TESSERA_TORCH_MINIMUM 2.1)
set(TESSERA_TORCH_VERSION 2.13.0 CACHE STRING "The torch that is installed with pip where there is none")
cmake_path(GET CMAKE_BINARY_DIR PARENT_PATH tessera_torch_parent)
cmake_path(IS_PREFIX PROJECT_SOURCE_DIR ${tessera_torch_parent} tessera_torch_inside)
if(NOT tessera_torch_inside OR tessera_torch_parent STREQUAL PROJECT_SOURCE_DIR)
  set(tessera_torch_parent ${CMAKE_BINARY_DIR})
endif()
set(TESSERA_TORCH_FOLDER ${tessera_torch_parent}/libtorch CACHE PATH "Where pip installs torch where there is none")
find_program(TESSERA_PYTHON NAMES python3 python DOC "The Python whose torch is used, or whose pip installs one")

# Sets `result` to the torch folder of the Python on PATH, or to nothing where it has none that can be used.
function(tessera_find_python_torch result)
  set(${result} "" PARENT_SCOPE)
  # Reads version.py instead of importing torch, which would take seconds.
  execute_process(
    COMMAND ${TESSERA_PYTHON} -c [[
import importlib.util, pathlib, runpy
spec = importlib.util.find_spec("torch")
if spec and spec.submodule_search_locations:
    folder = pathlib.Path(spec.submodule_search_locations[0])
    version = runpy.run_path(str(folder / "version.py"))
    gpu = "CUDA" if version.get("cuda") else "ROCm" if version.get("hip") else "none"
    print(folder, version["__version__"], gpu, sep=";")
]] OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT found)
    return()
  endif()
  list(GET found 0 folder)
  list(GET found 1 version)
  list(GET found 2 gpu)
  if(NOT EXISTS ${folder}/share/cmake/Torch/TorchConfig.cmake)
    return()
  endif()
  set(passing_over "LibTorch: passing over the ${version} in ${folder}:")
  if(version VERSION_LESS TESSERA_TORCH_MINIMUM)
    message(STATUS "${passing_over} older than ${TESSERA_TORCH_MINIMUM}")
    return()
  endif()
  if(gpu STREQUAL "CUDA")
    find_package(CUDAToolkit QUIET)
    if(NOT CUDAToolkit_NVCC_EXECUTABLE)
      message(STATUS "${passing_over} a CUDA build, and there is no CUDA toolkit to link it with")
      return()
    endif()
  elseif(gpu STREQUAL "ROCm")
    message(STATUS "${passing_over} a ROCm build, which is used only when Torch_DIR names it")
    return()
  endif()
  set(${result} ${folder} PARENT_SCOPE)
endfunction()

# Installs the CPU build into TESSERA_TORCH_FOLDER: from the index that pip is set up for where it has one, else from
# PyTorch's own CPU index. A plain `torch` is never asked for on Linux: there it means several gigabytes of CUDA.
function(tessera_install_torch)
  set(by_hand "Or install LibTorch ${TESSERA_TORCH_MINIMUM} or newer by hand and set Torch_DIR to its share/cmake/Torch.")
  if(NOT TESSERA_PYTHON)
    message(FATAL_ERROR "There is no LibTorch, and no Python 3 to install it with. Install Python 3 with pip.\n${by_hand}")
  endif()
  execute_process(COMMAND ${TESSERA_PYTHON} -m pip --version RESULT_VARIABLE no_pip OUTPUT_QUIET ERROR_QUIET)
  if(no_pip)
    message(FATAL_ERROR "There is no LibTorch, and ${TESSERA_PYTHON} has no pip to install it with. Install pip "
                        "(on Debian and Ubuntu: python3-pip).\n${by_hand}")
  endif()

  # Two build folders may be configured at once; the second waits, then finds the work done.
  file(LOCK ${TESSERA_TORCH_FOLDER}.lock GUARD FUNCTION)
  if(EXISTS ${TESSERA_TORCH_FOLDER}/torch/share/cmake/Torch/TorchConfig.cmake)
    return()
  endif()
  set(exact torch==${TESSERA_TORCH_VERSION})
  if(NOT APPLE)
    string(APPEND exact +cpu)
  endif()
  set(partial ${TESSERA_TORCH_FOLDER}.partial)
  # pip says nothing while it unpacks, and fetches in silence where nobody sits at a terminal.
  set(pip ${TESSERA_PYTHON} ${PROJECT_SOURCE_DIR}/scripts/pip_progress.py LibTorch ${TESSERA_TORCH_FOLDER}.fetching
          ${TESSERA_PYTHON} -m pip install --disable-pip-version-check --no-deps --no-compile --target ${partial})
  message(STATUS "LibTorch: installing ${exact} with pip into ${TESSERA_TORCH_FOLDER} "
                 "(about 200 MB to fetch, 700 MB on the disk)")
  file(REMOVE_RECURSE ${partial})
  execute_process(COMMAND ${pip} ${exact} RESULT_VARIABLE failed ERROR_VARIABLE first)
  if(failed)
    execute_process(COMMAND ${pip} --index-url https://download.pytorch.org/whl/cpu ${exact}
                    RESULT_VARIABLE failed ERROR_VARIABLE second)
  endif()
  if(failed)
    message(FATAL_ERROR "LibTorch could not be installed with ${TESSERA_PYTHON}'s pip.\nFrom the index pip is set up "
                        "for:\n${first}\nFrom PyTorch's CPU index:\n${second}\nIs the network there, and is there a "
                        "${exact} for this version of Python? -DTESSERA_PYTHON=… chooses another one.\n${by_hand}")
  endif()
  # Whole or not at all: an interrupted install leaves only the .partial folder behind.
  file(REMOVE_RECURSE ${TESSERA_TORCH_FOLDER})
  file(RENAME ${partial} ${TESSERA_TORCH_FOLDER})
endfunction()

foreach(given ${Torch_DIR} $ENV{Torch_DIR})
  if(NOT EXISTS ${given}/TorchConfig.cmake AND NOT EXISTS ${given}/torch-config.cmake)
    message(WARNING "Torch_DIR is ${given}, which holds no TorchConfig.cmake: looking for LibTorch elsewhere.")
    unset(Torch_DIR CACHE)
  endif()
endforeach()
# TorchConfig.cmake warns that libkineto is missing, though a shared LibTorch contains it: name a library that is there.
set(kineto_LIBRARY c10 CACHE STRING "Stands in for the libkineto that TorchConfig.cmake looks for")
mark_as_advanced(kineto_LIBRARY)
find_package(Torch QUIET NO_CMAKE_SYSTEM_PATH NO_SYSTEM_ENVIRONMENT_PATH NO_CMAKE_PACKAGE_REGISTRY)
if(NOT Torch_FOUND)
  set(tessera_torch "")
  if(TESSERA_PYTHON)
    tessera_find_python_torch(tessera_torch)
  endif()
  if(NOT tessera_torch)
    tessera_install_torch()
    set(tessera_torch ${TESSERA_TORCH_FOLDER}/torch)
  endif()
  find_package(Torch REQUIRED HINTS ${tessera_torch}/share/cmake/Torch NO_DEFAULT_PATH)
endif()

# What was found, and whether it will do.
set(tessera_torch_includes ${TORCH_INSTALL_PREFIX}/include ${TORCH_INSTALL_PREFIX}/include/torch/csrc/api/include)
find_file(TESSERA_TORCH_VERSION_HEADER NAMES torch/headeronly/version.h PATHS ${tessera_torch_includes} NO_DEFAULT_PATH)
find_file(TESSERA_TORCH_VERSION_HEADER NAMES torch/version.h PATHS ${tessera_torch_includes} NO_DEFAULT_PATH)
mark_as_advanced(TESSERA_TORCH_VERSION_HEADER)
file(STRINGS ${TESSERA_TORCH_VERSION_HEADER} tessera_torch_version REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
string(REGEX REPLACE "[^0-9;]" "" tessera_torch_version "${tessera_torch_version}")
string(REPLACE ";" "." tessera_torch_version "${tessera_torch_version}")
if(tessera_torch_version VERSION_LESS TESSERA_TORCH_MINIMUM)
  message(FATAL_ERROR "LibTorch ${tessera_torch_version} in ${TORCH_INSTALL_PREFIX} is too old: Tessera needs "
                      "${TESSERA_TORCH_MINIMUM} or newer. Set Torch_DIR to a newer one, or remove it from Torch_DIR and "
                      "CMAKE_PREFIX_PATH to have ${TESSERA_TORCH_VERSION} installed under the build folder.")
endif()
if(TORCH_CXX_FLAGS MATCHES "_GLIBCXX_USE_CXX11_ABI=0")
  message(FATAL_ERROR "LibTorch in ${TORCH_INSTALL_PREFIX} was built with the old C++ ABI, which does not link with the "
                      "system's libraries. Use a build with the C++11 ABI: every wheel since 2.7, or an archive with "
                      "cxx11-abi in its name.")
endif()
message(STATUS "LibTorch ${tessera_torch_version}: ${TORCH_INSTALL_PREFIX}")
