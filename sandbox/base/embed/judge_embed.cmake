# judge_embed(FUNCTION NAMESPACE room HEADER path [FOLDER folder] FILES...): generates FUNCTION.cpp
# in the build folder, which defines the function that HEADER declares in NAMESPACE over the text of
# FILES; answers its path in FUNCTION_source. With FOLDER, FILES are paths below it and keep their
# folders as part of their names. The build looks again when a file changes.
set(JUDGE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_texts.cmake CACHE INTERNAL "")

function(judge_embed function)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;HEADER;FOLDER" "FILES")
  set(folder "")
  if(arg_FOLDER)
    set(folder ${CMAKE_CURRENT_SOURCE_DIR}/${arg_FOLDER})
    list(TRANSFORM arg_FILES PREPEND ${arg_FOLDER}/)
  endif()
  list(TRANSFORM arg_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${arg_HEADER}
            -DNAMESPACE=${arg_NAMESPACE} -DFUNCTION=${function} "-DFILES=${arg_FILES}"
            "-DFOLDER=${folder}" -P ${JUDGE_EMBED_SCRIPT}
    DEPENDS ${JUDGE_EMBED_SCRIPT} ${arg_FILES}
    VERBATIM)
  set(${function}_source ${output} PARENT_SCOPE)
endfunction()
