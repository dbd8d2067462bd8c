// verdict: compile_error
export function runWithConcurrency(tasks: number[] { return [] }
