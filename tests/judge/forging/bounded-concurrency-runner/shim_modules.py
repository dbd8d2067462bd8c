# verdict: wrong_answer
# body: wrong_answer/no_cancel.py
# Imports the shim's own modules from its folder and has their copies say that all tasks were
# cancelled.
import os
import sys

from body import run_with_concurrency as body

shim_case = None
for name in [name for name in sys.modules if name.startswith("shim")]:
    shim_case = sys.modules[name]
sys.path.append(os.path.dirname(os.path.abspath(sys.argv[0])))
try:
    import shim_case
except Exception:
    pass
Case = getattr(shim_case, "Case", None)
if Case is not None:
    report = Case.report

    def lie(self, kind, **fields):
        report(self, kind, **fields)
        if kind == 71:
            for index in self.inputs:
                report(self, 67, index=index, reason=None)

    Case.report = lie


async def run_with_concurrency(tasks, limit, *, mode="fail-fast"):
    return await body(tasks, limit, mode=mode)
