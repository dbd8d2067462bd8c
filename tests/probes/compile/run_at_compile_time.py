# Tries: to have Python's own compiler compute: constants that it folds, and nesting without end.
# Must end: with 0; both are refused by the compiler, a plain line works.
import ast

for name, source in (
    ("fold", "x = " + "(" * 50 + "1" + "<<30000)" * 50),
    ("power", "x = 9**9**9**9 if False else 1"),
    ("nesting", "(" * 100000 + ")" * 100000),
    ("plain", "x = 1 + 1"),
):
    try:
        if name == "power":
            ast.parse(source)
        else:
            compile(source, name, "exec")
        print(name, "compiled")
    except (SyntaxError, MemoryError, RecursionError) as error:
        print(name, "refused")
