# verdict: compile_error
def run_with_concurrency(
