# A room is one object library, made of every .cc of its folder; the *_test.cc
# beside them become the program <room>_test. What a room may use is what it
# links: LINK names the rooms and libraries below it.
#
#   jinhuan_room(<name> [DIR <folder>] [GRPC] LINK <target>... [TEST_LINK <target>...])
#
# GRPC: the room sees grpcpp (and gets its precompiled header).
function(jinhuan_room name)
  cmake_parse_arguments(ROOM "GRPC" "DIR" "LINK;TEST_LINK" ${ARGN})
  if(NOT ROOM_DIR)
    set(ROOM_DIR .)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${ROOM_DIR}/*.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")

  if(NOT sources)
    message(STATUS "room ${name} is empty")
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc "// empty\n")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/${name}.cc)
  endif()
  add_library(${name} OBJECT ${sources})
  jinhuan_compile(${name} ${ROOM_GRPC})
  target_link_libraries(${name} PUBLIC ${ROOM_LINK})
  set_property(TARGET ${name} PROPERTY JINHUAN_ROOMS ${name})
  foreach(below ${ROOM_LINK} )
    if(TARGET ${below})
      get_target_property(rooms ${below} JINHUAN_ROOMS)
      if(rooms)
        set_property(TARGET ${name} APPEND PROPERTY JINHUAN_ROOMS ${rooms})
      endif()
    endif()
  endforeach()
  if(tests)
    # Deferred: a test may link rooms that are declared further down.
    cmake_language(EVAL CODE
      "cmake_language(DEFER CALL jinhuan_test ${name} \"${tests}\" \"${ROOM_TEST_LINK}\" \"${ROOM_GRPC}\")")
  endif()
endfunction()

function(jinhuan_test room sources rooms grpc)
  jinhuan_program(${room}_test SOURCES ${sources} ROOMS ${room} ${rooms} LINK GTest::gmock_main)
  jinhuan_precompiled(${room}_test ${grpc})
endfunction()

# A program from sources and rooms, with every room below those.
#   jinhuan_program(<name> SOURCES <file>... ROOMS <room>... [LINK <target>...])
function(jinhuan_program name)
  cmake_parse_arguments(PROGRAM "" "" "SOURCES;ROOMS;LINK" ${ARGN})
  set(all)
  foreach(room ${PROGRAM_ROOMS})
    get_target_property(rooms ${room} JINHUAN_ROOMS)
    list(APPEND all ${rooms})
  endforeach()
  list(REMOVE_DUPLICATES all)
  add_executable(${name} ${PROGRAM_SOURCES})
  target_compile_options(${name} PRIVATE ${JINHUAN_WARNINGS})
  jinhuan_sanitize(${name})
  target_link_libraries(${name} PRIVATE ${all} ${PROGRAM_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# Tells the file, and it alone, where the folder `migrations` beside this CMakeLists is:
# a command line that names the checkout is one that ccache can't share with another.
function(jinhuan_migrations file)
  set_source_files_properties(${file} PROPERTIES COMPILE_DEFINITIONS
    JINHUAN_MIGRATIONS="${CMAKE_CURRENT_SOURCE_DIR}/migrations")
endfunction()

# The four rooms of a service, and the service itself.
#   jinhuan_service(<alliance|resource|meeting> [DOMAIN_LINK <target>...] [RPC_LINK <target>...])
# DOMAIN_LINK: what its domain uses besides platform_status; nothing that does I/O.
# RPC_LINK: what its rpc uses besides platform_rpc.
function(jinhuan_service name)
  cmake_parse_arguments(SERVICE "" "" "DOMAIN_LINK;RPC_LINK" ${ARGN})
  jinhuan_room(${name}_domain DIR domain LINK platform_status ${SERVICE_DOMAIN_LINK})
  jinhuan_room(${name}_storage DIR storage LINK ${name}_domain platform_journal
               TEST_LINK platform_testing)
  jinhuan_room(${name}_rpc DIR rpc GRPC LINK ${name}_storage platform_rpc ${SERVICE_RPC_LINK}
               TEST_LINK platform_testing)
  jinhuan_migrations(storage/migrations.cc)
  if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/main.cc)
    return()
  endif()
  jinhuan_program(${name}-svc SOURCES main.cc ROOMS ${name}_rpc)
  target_precompile_headers(${name}-svc REUSE_FROM jinhuan_pch_grpc)
endfunction()

function(jinhuan_sanitize name)
  if(JINHUAN_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=${JINHUAN_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${name} PRIVATE -fsanitize=${JINHUAN_SANITIZE})
  endif()
endfunction()

function(jinhuan_compile name grpc)
  target_compile_options(${name} PRIVATE ${JINHUAN_WARNINGS})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  jinhuan_sanitize(${name})
  jinhuan_precompiled(${name} ${grpc})
endfunction()

function(jinhuan_precompiled name grpc)
  if(grpc)
    target_precompile_headers(${name} REUSE_FROM jinhuan_pch_grpc)
  else()
    target_precompile_headers(${name} REUSE_FROM jinhuan_pch)
  endif()
endfunction()
