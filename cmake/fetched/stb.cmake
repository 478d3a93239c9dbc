# Headers that carry their own implementation, compiled once here as the system's library is.
set(implementation ${CMAKE_CURRENT_BINARY_DIR}/stb_implementation.c)
file(CONFIGURE OUTPUT ${implementation} CONTENT "#define STB_IMAGE_IMPLEMENTATION\n#include <stb_image.h>\n")
add_library(tessera_stb STATIC ${implementation})
target_include_directories(tessera_stb SYSTEM PUBLIC ${source})
