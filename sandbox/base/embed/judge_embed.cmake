# judge_embed(FUNCTION NAMESPACE room HEADER path FILES...): generates FUNCTION.cpp in the build
# folder, which defines the function that HEADER declares in NAMESPACE over the text of FILES;
# answers its path in FUNCTION_source. The build looks again when a file changes.
set(JUDGE_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_texts.cmake CACHE INTERNAL "")

function(judge_embed function)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;HEADER" "FILES")
  list(TRANSFORM arg_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${arg_HEADER}
            -DNAMESPACE=${arg_NAMESPACE} -DFUNCTION=${function} "-DFILES=${arg_FILES}"
            -P ${JUDGE_EMBED_SCRIPT}
    DEPENDS ${JUDGE_EMBED_SCRIPT} ${arg_FILES}
    VERBATIM)
  set(${function}_source ${output} PARENT_SCOPE)
endfunction()
