# Beside the carried libraries go their terms: those that the Debian packages which they are from have.
set(tessera_documents share/doc/tessera/libraries)
find_program(tessera_dpkg_query dpkg-query)
if(NOT tessera_dpkg_query)
  message(WARNING "This is no Debian system, so the terms of the libraries in ${tessera_prefix}/lib/tessera could not be "
                  "found: before giving them to others, add the terms to ${tessera_prefix}/${tessera_documents}.")
  return()
endif()
file(GLOB tessera_carried RELATIVE ${tessera_prefix}/lib/tessera ${tessera_prefix}/lib/tessera/*.so*)
foreach(tessera_library IN LISTS tessera_carried)
  execute_process(COMMAND ${tessera_dpkg_query} --search */${tessera_library} OUTPUT_VARIABLE tessera_owner ERROR_QUIET)
  string(REGEX MATCH "^[a-z0-9.+-]+" tessera_package "${tessera_owner}")
  if(tessera_package)
    file(INSTALL DESTINATION ${CMAKE_INSTALL_PREFIX}/${tessera_documents}/${tessera_package} TYPE FILE
         FILES /usr/share/doc/${tessera_package}/copyright)
  endif()
endforeach()
