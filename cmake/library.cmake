# tessera_library(NAME …): finds a library on the system, else fetches its sources at a pinned commit. Either way the
# result is the target tessera::NAME, so that no module knows which it was.
#
#   PACKAGE  arguments of find_package, tried first
#   MODULE   a module of pkg-config with its version conditions, tried second
#   TARGETS  the target that the package, or the fetched project, defines: the first that exists is taken
#   DEBIAN   the Debian package, for the message that the library is missing
#   URL      the archive of the pinned commit (or of a release, then with HASH)
#   HEADERS  the library is headers only: their folder in the archive ("." for its root)
#   OPTIONS  NAME=VALUE settings for the fetched project's own CMakeLists.txt
# A fetched library that has neither usable CMakeLists.txt nor headers only is built by cmake/fetched/NAME.cmake, which
# defines the target tessera_NAME from the folder ${source}.
include_guard()
include(FetchContent)
find_package(PkgConfig QUIET)

set(TESSERA_FETCH "" CACHE STRING "Libraries to fetch even where the system has them, separated by semicolons")

function(tessera_library name)
  cmake_parse_arguments(PARSE_ARGV 1 library "" "DEBIAN;URL;HASH;HEADERS" "PACKAGE;MODULE;TARGETS;OPTIONS")
  set(found "")
  if(NOT name IN_LIST TESSERA_FETCH)
    tessera_find_library(found)
  endif()
  if(NOT found)
    tessera_fetch_library(found)
  endif()
  # An alias cannot have an alias of its own.
  get_target_property(real ${found} ALIASED_TARGET)
  if(real)
    set(found ${real})
  endif()
  add_library(tessera::${name} ALIAS ${found})
endfunction()

# The functions below belong to tessera_library and read its arguments.

function(tessera_find_library result)
  if(library_PACKAGE)
    find_package(${library_PACKAGE} QUIET)
    foreach(target IN LISTS library_TARGETS)
      if(TARGET ${target})
        set(${result} ${target} PARENT_SCOPE)
        return()
      endif()
    endforeach()
  endif()
  if(library_MODULE AND PKG_CONFIG_FOUND)
    pkg_check_modules(tessera_${name} QUIET IMPORTED_TARGET ${library_MODULE})
    if(tessera_${name}_FOUND)
      set(${result} PkgConfig::tessera_${name} PARENT_SCOPE)
    endif()
  endif()
endfunction()

function(tessera_fetch_library result)
  set(instead "")
  if(library_DEBIAN)
    set(instead " (on Debian and Ubuntu: ${library_DEBIAN})")
  endif()
  if(NOT library_URL)
    message(FATAL_ERROR "The library ${name} is missing, and only the system can supply it${instead}.")
  endif()
  message(STATUS "The library ${name} is not installed${instead}: fetching ${library_URL}")

  set(declaration URL ${library_URL})
  if(library_HASH)
    list(APPEND declaration URL_HASH ${library_HASH})
  endif()
  if(CMAKE_VERSION VERSION_GREATER_EQUAL 3.28)
    list(APPEND declaration SYSTEM EXCLUDE_FROM_ALL)
  endif()
  set(recipe ${PROJECT_SOURCE_DIR}/cmake/fetched/${name}.cmake)
  if(library_HEADERS OR EXISTS ${recipe})
    list(APPEND declaration SOURCE_SUBDIR no-cmake-project)
  endif()
  FetchContent_Declare(tessera_${name} ${declaration} DOWNLOAD_EXTRACT_TIMESTAMP ON)

  foreach(option IN LISTS library_OPTIONS)
    string(REGEX MATCH "^([^=]+)=(.*)$" matched ${option})
    set(${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
  endforeach()
  set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)  # the settings above win over the project's option() defaults
  set(CMAKE_POLICY_VERSION_MINIMUM 3.5)  # CMake 4 refuses projects that still ask for less
  set(BUILD_SHARED_LIBS OFF)
  FetchContent_MakeAvailable(tessera_${name})

  set(source ${tessera_${name}_SOURCE_DIR})
  if(library_HEADERS)
    add_library(tessera_${name} INTERFACE)
    target_include_directories(tessera_${name} SYSTEM INTERFACE ${source}/${library_HEADERS})
  elseif(EXISTS ${recipe})
    include(${recipe})
  endif()
  foreach(target tessera_${name} ${library_TARGETS})
    if(TARGET ${target})
      set(${result} ${target} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "The library ${name} was fetched from ${library_URL}, but it defines none of: ${library_TARGETS}.")
endfunction()
