// verdict: compile_error
export const somethingElse = 1;
