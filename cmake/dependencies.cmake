# Every library that Tessera stands on: from the system where it has one that fits, else fetched at a pinned commit.
# Modules link the names tessera::… that are defined here (cmake/library.cmake), and `torch` through TORCH_LIBRARIES.
include(library)
include(torch)
find_package(Threads REQUIRED)

tessera_library(eigen
  PACKAGE Eigen3 3.4 NO_MODULE
  TARGETS Eigen3::Eigen
  DEBIAN libeigen3-dev
  URL https://gitlab.com/libeigen/eigen/-/archive/3147391d946bb4b6c68edd901f2add6ac1f31f8c/eigen.tar.gz  # 3.4.0
  HEADERS .)

tessera_library(json
  PACKAGE nlohmann_json 3.10
  TARGETS nlohmann_json::nlohmann_json
  DEBIAN nlohmann-json3-dev
  URL https://github.com/nlohmann/json/archive/9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03.tar.gz  # 3.11.3
  HEADERS single_include)

tessera_library(cli11
  PACKAGE CLI11 2.1
  TARGETS CLI11::CLI11
  DEBIAN libcli11-dev
  URL https://github.com/CLIUtils/CLI11/archive/6c7b07a878ad834957b98d0f9ce1dbe0cb204fc9.tar.gz  # 2.4.2
  HEADERS include)

tessera_library(spdlog
  PACKAGE spdlog 1.9
  TARGETS spdlog::spdlog
  DEBIAN libspdlog-dev
  URL https://github.com/gabime/spdlog/archive/27cb4c76708608465c413f6d0e6b8d99a4d84302.tar.gz  # 1.14.1
  HEADERS include)

tessera_library(xxhash
  MODULE libxxhash>=0.8
  DEBIAN libxxhash-dev
  URL https://github.com/Cyan4973/xxHash/archive/bbb27a5efb85b92a0486cf361a8635715a53f6ba.tar.gz  # 0.8.2
  )

tessera_library(stb
  MODULE stb
  DEBIAN libstb-dev
  URL https://github.com/nothings/stb/archive/f75e8d1cad7d90d72ef7a4661f1b994ef78b4e31.tar.gz  # 2024-07-29
  )

tessera_library(zlib
  PACKAGE ZLIB
  TARGETS ZLIB::ZLIB
  DEBIAN zlib1g-dev
  URL https://github.com/madler/zlib/archive/51b7f2abdade71cd9bb0e7a373ef2610ec6f9daf.tar.gz  # 1.3.1
  )

tessera_library(png
  PACKAGE PNG
  TARGETS PNG::PNG
  DEBIAN libpng-dev
  URL https://github.com/pnggroup/libpng/archive/ed217e3e601d8e462f7fd1e04bed43ac42212429.tar.gz  # 1.6.43
  )

# libjpeg-turbo, whose pixels are those of most programs; the JPEG group's own library goes by the same name from 8 on.
tessera_library(jpeg
  MODULE libjpeg>=2 libjpeg<8
  DEBIAN libjpeg-dev
  URL https://github.com/libjpeg-turbo/libjpeg-turbo/archive/8ecba3647edb6dd940463fedf38ca33a8e2a73d1.tar.gz  # 2.1.5.1
  )

tessera_library(zip
  MODULE libzip>=1.7
  TARGETS libzip::zip zip
  DEBIAN libzip-dev
  URL https://github.com/nih-at/libzip/archive/64b62d6b1a686a1b0bac1b6b9dcb635be0499afb.tar.gz  # 1.11.2
  OPTIONS BUILD_TOOLS=OFF BUILD_REGRESS=OFF BUILD_OSSFUZZ=OFF BUILD_EXAMPLES=OFF BUILD_DOC=OFF LIBZIP_DO_INSTALL=OFF
          ENABLE_BZIP2=OFF ENABLE_LZMA=OFF ENABLE_ZSTD=OFF ENABLE_OPENSSL=OFF ENABLE_GNUTLS=OFF ENABLE_MBEDTLS=OFF
          ENABLE_COMMONCRYPTO=OFF)

tessera_library(exif
  MODULE libexif
  DEBIAN libexif-dev
  # A release, because the repository lacks the generated files; pinned by its content.
  URL https://github.com/libexif/libexif/releases/download/v0.6.24/libexif-0.6.24.tar.bz2
  HASH SHA256=d47564c433b733d83b6704c70477e0a4067811d184ec565258ac563d8223f6ae)

tessera_library(utf8proc
  MODULE libutf8proc
  TARGETS utf8proc
  DEBIAN libutf8proc-dev
  URL https://github.com/JuliaStrings/utf8proc/archive/34db3f7954e9298e89f42641ac78e0450f80a70d.tar.gz  # 2.9.0
  OPTIONS UTF8PROC_INSTALL=OFF)

tessera_library(epoxy
  MODULE epoxy>=1.5
  DEBIAN libepoxy-dev
  URL https://github.com/anholt/libepoxy/archive/c84bc9459357a40e46e2fec0408d04fbdde2c973.tar.gz  # 1.5.10
  )

# Comes with the graphics driver: there is nothing to fetch.
tessera_library(egl
  PACKAGE OpenGL COMPONENTS EGL
  MODULE egl
  TARGETS OpenGL::EGL
  DEBIAN libegl-dev)

# X11 always; Wayland where the tools to build for it are there.
find_program(TESSERA_WAYLAND_SCANNER wayland-scanner)
pkg_check_modules(tessera_wayland QUIET wayland-client wayland-cursor wayland-egl xkbcommon)
set(tessera_glfw_wayland OFF)
if(TESSERA_WAYLAND_SCANNER AND tessera_wayland_FOUND)
  set(tessera_glfw_wayland ON)
endif()
tessera_library(glfw
  PACKAGE glfw3 3.3
  TARGETS glfw
  DEBIAN libglfw3-dev
  URL https://github.com/glfw/glfw/archive/7b6aead9fb88b3623e3b3725ebb42670cbe4c579.tar.gz  # 3.4
  OPTIONS GLFW_BUILD_EXAMPLES=OFF GLFW_BUILD_TESTS=OFF GLFW_BUILD_DOCS=OFF GLFW_INSTALL=OFF
          GLFW_BUILD_WAYLAND=${tessera_glfw_wayland})

# The plain branch, not the docking one. Built with the backends for GLFW and OpenGL 3.
tessera_library(imgui
  PACKAGE imgui 1.86...<1.93 CONFIG
  MODULE imgui>=1.86 imgui<1.93
  TARGETS imgui::imgui
  DEBIAN libimgui-dev
  URL https://github.com/ocornut/imgui/archive/f5befd2d29e66809cd1110a152e375a7f1981f06.tar.gz  # 1.91.9b
  )

if(TESSERA_TESTS)
  tessera_library(catch2
    PACKAGE Catch2
    TARGETS Catch2::Catch2
    DEBIAN catch2
    URL https://github.com/catchorg/Catch2/archive/fa43b77429ba76c462b1898d6cd2f2d7a9416b14.tar.gz  # 3.7.1
    )
  # For include(Catch): the script lies beside the installed package, or in a folder of the fetched sources.
  FetchContent_GetProperties(tessera_catch2 SOURCE_DIR tessera_catch2_source)
  list(APPEND CMAKE_MODULE_PATH ${Catch2_DIR} ${tessera_catch2_source}/extras)
endif()

if(TESSERA_BENCH)
  tessera_library(benchmark
    PACKAGE benchmark
    TARGETS benchmark::benchmark
    DEBIAN libbenchmark-dev
    URL https://github.com/google/benchmark/archive/344117638c8ff7e239044fd0fa7085839fc03021.tar.gz  # 1.8.3
    OPTIONS BENCHMARK_ENABLE_TESTING=OFF BENCHMARK_ENABLE_INSTALL=OFF BENCHMARK_INSTALL_DOCS=OFF)
endif()
