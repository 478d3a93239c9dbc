# CPack reads this before each kind of package: an archive has no distribution behind it and carries more libraries.
if(CPACK_GENERATOR STREQUAL TXZ)
  list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${build} tessera libraries /)
endif()
