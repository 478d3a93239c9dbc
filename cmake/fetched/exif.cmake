# The two headers that libexif's configure script writes, for a system with C99 and no message catalogues.
set(generated ${CMAKE_CURRENT_BINARY_DIR}/libexif)
file(CONFIGURE OUTPUT ${generated}/config.h CONTENT "#define GETTEXT_PACKAGE \"libexif\"\n#define HAVE_LOCALTIME_R 1\n")
file(CONFIGURE OUTPUT ${generated}/libexif/_stdint.h CONTENT "#include <stdint.h>\n")
file(GLOB tessera_exif_sources ${source}/libexif/*.c ${source}/libexif/*/*.c)
add_library(tessera_exif STATIC ${tessera_exif_sources})
target_include_directories(tessera_exif SYSTEM PUBLIC ${source} ${generated})
target_compile_options(tessera_exif PRIVATE -w)
target_link_libraries(tessera_exif PRIVATE $<$<BOOL:${UNIX}>:m>)
