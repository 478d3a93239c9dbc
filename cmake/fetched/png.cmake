# The portable C code with the configuration that libpng itself prepares; no code for particular processors.
set(generated ${CMAKE_CURRENT_BINARY_DIR}/libpng)
configure_file(${source}/scripts/pnglibconf.h.prebuilt ${generated}/pnglibconf.h COPYONLY)
file(GLOB tessera_png_sources ${source}/png*.c)
list(FILTER tessera_png_sources EXCLUDE REGEX "pngtest")
add_library(tessera_png STATIC ${tessera_png_sources})
target_compile_definitions(tessera_png PRIVATE PNG_ARM_NEON_OPT=0 PNG_INTEL_SSE_OPT=0 PNG_MIPS_MSA_OPT=0
                                               PNG_MIPS_MMI_OPT=0 PNG_POWERPC_VSX_OPT=0 PNG_LOONGARCH_LSX_OPT=0)
target_include_directories(tessera_png SYSTEM PUBLIC ${source} ${generated})
target_link_libraries(tessera_png PUBLIC tessera::zlib $<$<BOOL:${UNIX}>:m>)
