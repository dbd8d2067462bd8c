// verdict: compile_error
export function runWithConcurrency( {
