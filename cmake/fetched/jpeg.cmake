# libjpeg-turbo is not made to be built as a part of another project. Of its portable C code, which computes the same as that
# for particular processors, what decodes; the configuration that its own project would write.
set(generated ${CMAKE_CURRENT_BINARY_DIR}/libjpeg)
set(VERSION 2.1.5.1)
set(LIBJPEG_TURBO_VERSION_NUMBER 2001005)
set(JPEG_LIB_VERSION 62)
set(BITS_IN_JSAMPLE 8)
set(MEM_SRCDST_SUPPORTED 1)
set(BUILD 0)
set(COPYRIGHT_YEAR 1991-2023)
set(INLINE inline)
set(SIZE_T ${CMAKE_SIZEOF_VOID_P})
foreach(header jconfig jconfigint jversion)
  configure_file(${source}/${header}.h.in ${generated}/${header}.h)
endforeach()
set(tessera_jpeg_sources "")
foreach(name comapi dapimin dapistd datasrc dcoefct dcolor ddctmgr dhuff dinput dmainct dmarker dmaster dmerge dphuff dpostct
             dsample error idctflt idctfst idctint idctred memmgr memnobs quant1 quant2 simd_none utils)
  list(APPEND tessera_jpeg_sources ${source}/j${name}.c)
endforeach()
add_library(tessera_jpeg STATIC ${tessera_jpeg_sources})
target_include_directories(tessera_jpeg SYSTEM PUBLIC ${generated} ${source})
target_compile_options(tessera_jpeg PRIVATE -w)
set_target_properties(tessera_jpeg PROPERTIES UNITY_BUILD OFF)  # its files use one name for different things
