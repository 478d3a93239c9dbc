# Built from the plain list of sources, and offered to the projects fetched after it under the name that they look for.
file(GLOB tessera_zlib_sources ${source}/*.c)
add_library(tessera_zlib STATIC ${tessera_zlib_sources})
target_compile_definitions(tessera_zlib PRIVATE HAVE_UNISTD_H)
target_include_directories(tessera_zlib SYSTEM PUBLIC ${source})
add_library(ZLIB::ZLIB ALIAS tessera_zlib)
set(ZLIB_LIBRARY tessera_zlib CACHE STRING "" FORCE)
set(ZLIB_INCLUDE_DIR ${source} CACHE PATH "" FORCE)
