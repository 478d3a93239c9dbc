# What `cpack` makes of the installation: a .deb for the Debian or Ubuntu that it is built on, and a .tar.xz for any Linux
# system. scripts/package.sh builds both.
set(TESSERA_MAINTAINER "The Tessera authors <maintainers@tessera.invalid>" CACHE STRING
    "Who answers for the packages: Name <address>")

set(CPACK_PACKAGE_NAME tessera)
set(CPACK_PACKAGE_VENDOR "The Tessera authors")
set(CPACK_PACKAGE_CONTACT "${TESSERA_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "workbench for looking inside image networks")
set(CPACK_PACKAGE_DESCRIPTION
    "Shows what each layer of a TorchScript image network detects in a picture,
where, and what it adds to the classes: live in a window, and as figures,
numbers and scripts from the command line.
.
It comes with a small network, and with the LibTorch libraries that it needs.")
string(TOLOWER "tessera-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}" CPACK_PACKAGE_FILE_NAME)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)

set(CPACK_GENERATOR DEB TXZ)
set(CPACK_INSTALL_CMAKE_PROJECTS ${PROJECT_BINARY_DIR} tessera program /)
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/cmake/package_kinds.cmake)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)
set(CPACK_THREADS 0)

# What else is needed is read off the program and left to the distribution.
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)  # xz would take minutes
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${TORCH_INSTALL_PREFIX}/lib)
set(CPACK_DEBIAN_PACKAGE_DEPENDS libegl1)  # opened when something is drawn without a window, and linked by nobody
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libgl1-mesa-dri)

include(CPack)
