# Finds LibTorch, in this order:
#   1. Torch_DIR or CMAKE_PREFIX_PATH, when given;
#   2. a torch that is installed for the Python on PATH (its CPU build, or a CUDA build where the toolkit is there);
#   3. the CPU build of torch, installed with pip into <build folder>/../libtorch, shared by all presets.
# Ends with the imported target `torch` of LibTorch's own TorchConfig.cmake.

set(TESSERA_TORCH_VERSION 2.13.0 CACHE STRING "The torch that is installed with pip when there is none")
set(TESSERA_TORCH_MINIMUM 2.1)
cmake_path(GET CMAKE_BINARY_DIR PARENT_PATH tessera_build_root)
if(tessera_build_root STREQUAL PROJECT_SOURCE_DIR OR NOT tessera_build_root MATCHES "^${PROJECT_SOURCE_DIR}")
  set(tessera_build_root ${CMAKE_BINARY_DIR})
endif()
set(TESSERA_TORCH_FOLDER ${tessera_build_root}/libtorch CACHE PATH "Where pip installs torch when there is none")

# Sets `result` to the torch folder of the Python on PATH, or to nothing where it has none that can be used.
function(tessera_find_python_torch python result)
  set(${result} "" PARENT_SCOPE)
  execute_process(
    COMMAND ${python} -c "
import importlib.util, pathlib
spec = importlib.util.find_spec('torch')
if spec and spec.submodule_search_locations:
    folder = pathlib.Path(spec.submodule_search_locations[0])
    version = {}
    exec((folder / 'version.py').read_text(), {'__name__': 'torch.version', 'Optional': None, '__annotations__': {}}, version)
    print(folder, bool(version.get('cuda')), sep=';')
" OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT found)
    return()
  endif()
  list(GET found 0 folder)
  list(GET found 1 is_cuda)
  if(NOT EXISTS ${folder}/share/cmake/Torch/TorchConfig.cmake)
    return()
  endif()
  if(is_cuda)
    find_package(CUDAToolkit QUIET)
    if(NOT CUDAToolkit_FOUND)
      message(STATUS "LibTorch: passing over the CUDA build in ${folder}, because there is no CUDA toolkit to link it with")
      return()
    endif()
  endif()
  set(${result} ${folder} PARENT_SCOPE)
endfunction()

# Installs the CPU build: from the package index pip is set up for where it has one, else from PyTorch's CPU index.
# A plain `torch` is never asked for on Linux: there it means several gigabytes of CUDA.
function(tessera_install_torch python folder)
  set(exact "torch==${TESSERA_TORCH_VERSION}+cpu")
  if(APPLE)
    set(exact "torch==${TESSERA_TORCH_VERSION}")
  endif()
  set(pip ${python} -m pip install --disable-pip-version-check --no-deps --upgrade --target ${folder}.partial)
  message(STATUS "LibTorch: installing ${exact} with pip into ${folder} (about 200 MB to fetch)")
  file(REMOVE_RECURSE ${folder}.partial)
  execute_process(COMMAND ${pip} ${exact} RESULT_VARIABLE failed ERROR_VARIABLE first OUTPUT_QUIET)
  if(failed)
    execute_process(COMMAND ${pip} --index-url https://download.pytorch.org/whl/cpu ${exact}
                    RESULT_VARIABLE failed ERROR_VARIABLE second OUTPUT_QUIET)
  endif()
  if(failed)
    message(FATAL_ERROR "LibTorch could not be installed with pip.\nFrom pip's own index:\n${first}\n"
                        "From PyTorch's CPU index:\n${second}\n"
                        "Install it by hand and configure again with -DTorch_DIR=<torch>/share/cmake/Torch.")
  endif()
  # Whole or not at all: an interrupted install leaves only the .partial folder behind.
  file(REMOVE_RECURSE ${folder})
  file(RENAME ${folder}.partial ${folder})
endfunction()

find_package(Torch QUIET)
if(NOT Torch_FOUND)
  find_program(TESSERA_PYTHON NAMES python3 python)
  if(TESSERA_PYTHON)
    tessera_find_python_torch(${TESSERA_PYTHON} tessera_torch)
  endif()
  if(NOT tessera_torch)
    if(NOT EXISTS ${TESSERA_TORCH_FOLDER}/torch/share/cmake/Torch/TorchConfig.cmake)
      if(NOT TESSERA_PYTHON)
        message(FATAL_ERROR "LibTorch is not installed and there is no Python 3 to install it with. Install Python 3 "
                            "with pip, or configure with -DTorch_DIR=<libtorch>/share/cmake/Torch.")
      endif()
      tessera_install_torch(${TESSERA_PYTHON} ${TESSERA_TORCH_FOLDER})
    endif()
    set(tessera_torch ${TESSERA_TORCH_FOLDER}/torch)
  endif()
  find_package(Torch REQUIRED HINTS ${tessera_torch}/share/cmake/Torch NO_DEFAULT_PATH)
endif()

find_file(TESSERA_TORCH_VERSION_HEADER torch/headeronly/version.h NO_DEFAULT_PATH
          PATHS ${TORCH_INSTALL_PREFIX}/include ${TORCH_INSTALL_PREFIX}/include/torch/csrc/api/include)
if(NOT TESSERA_TORCH_VERSION_HEADER)
  find_file(TESSERA_TORCH_VERSION_HEADER torch/version.h NO_DEFAULT_PATH
            PATHS ${TORCH_INSTALL_PREFIX}/include/torch/csrc/api/include ${TORCH_INSTALL_PREFIX}/include)
endif()
mark_as_advanced(TESSERA_TORCH_VERSION_HEADER)
file(STRINGS ${TESSERA_TORCH_VERSION_HEADER} tessera_torch_version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
string(REGEX REPLACE "[^0-9;]" "" TESSERA_TORCH_FOUND_VERSION "${tessera_torch_version_lines}")
string(REPLACE ";" "." TESSERA_TORCH_FOUND_VERSION "${TESSERA_TORCH_FOUND_VERSION}")
if(TESSERA_TORCH_FOUND_VERSION VERSION_LESS TESSERA_TORCH_MINIMUM)
  message(FATAL_ERROR "LibTorch ${TESSERA_TORCH_FOUND_VERSION} in ${TORCH_INSTALL_PREFIX} is too old: Tessera needs "
                      "${TESSERA_TORCH_MINIMUM} or newer. Point Torch_DIR at a newer one, or unset it to have "
                      "${TESSERA_TORCH_VERSION} installed under the build folder.")
endif()
if(TORCH_CXX_FLAGS MATCHES "_GLIBCXX_USE_CXX11_ABI=0")
  message(FATAL_ERROR "LibTorch in ${TORCH_INSTALL_PREFIX} was built with the old C++ ABI, which does not link with the "
                      "system's libraries. Use a build with the C++11 ABI (every wheel since 2.7, or the cxx11-abi archives).")
endif()
message(STATUS "LibTorch ${TESSERA_TORCH_FOUND_VERSION}: ${TORCH_INSTALL_PREFIX}")
