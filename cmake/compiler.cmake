# Language level, warnings, sanitizers, compiler cache and linker: one interface target, `tessera_options`,
# that every target of the project links privately.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if((CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 11)
   OR (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14))
  message(FATAL_ERROR "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} is too old for C++20: Tessera needs GCC 11 "
                      "or Clang 14 or newer. Choose another compiler with -DCMAKE_CXX_COMPILER=…")
endif()

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

# Inner loops that benchmarks cover ask for -O3 themselves (cmake/kernels.cmake); elsewhere it only takes longer to compile.
string(REPLACE "-O3" "-O2" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")

find_program(TESSERA_CCACHE ccache)
if(TESSERA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers carry time macros and their own time stamp: without this ccache never hits on them.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${TESSERA_CCACHE})
endif()

add_library(tessera_options INTERFACE)
target_compile_options(tessera_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                                                 -fno-math-errno)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(tessera_options INTERFACE -fpch-preprocess)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 raises both for "text" + std::string.
  target_compile_options(tessera_options INTERFACE -Wno-restrict -Wno-stringop-overflow)
endif()
if(TESSERA_WARNINGS_AS_ERRORS)
  target_compile_options(tessera_options INTERFACE -Werror)
endif()
if(TESSERA_SANITIZE)
  target_compile_options(tessera_options INTERFACE -fsanitize=${TESSERA_SANITIZE} -fno-omit-frame-pointer
                                                   -fno-sanitize-recover=all)
  # Of undefined behaviour, not what is checked at every access: AddressSanitizer and the processor notice null pointers and
  # sizes too, and Eigen took three times as long to compile. LibTorch hides the type information that virtual tables would need.
  if(TESSERA_SANITIZE MATCHES "undefined")
    target_compile_options(tessera_options INTERFACE -fno-sanitize=null,alignment,object-size,vptr)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The code that sanitizers add confuses GCC's analysis, even inside the standard library.
    target_compile_options(tessera_options INTERFACE -Wno-maybe-uninitialized)
  endif()
  target_link_options(tessera_options INTERFACE -fsanitize=${TESSERA_SANITIZE})
endif()

# mold and lld link the torch-facing code several times faster than ld. Older compilers know neither by name.
if(NOT APPLE)
  include(CheckLinkerFlag)
  foreach(linker mold lld)
    find_program(TESSERA_LINKER_${linker} NAMES ${linker} ld.${linker})
    mark_as_advanced(TESSERA_LINKER_${linker})
    if(TESSERA_LINKER_${linker})
      check_linker_flag(CXX -fuse-ld=${linker} TESSERA_LINKS_WITH_${linker})
    endif()
    if(TESSERA_LINKS_WITH_${linker})
      target_link_options(tessera_options INTERFACE -fuse-ld=${linker})
      break()
    endif()
  endforeach()
endif()
