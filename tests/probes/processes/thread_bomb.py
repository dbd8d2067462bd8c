# Tries: to start as many threads as it is given.
# Must end: by itself; refused beyond the limit of processes, which counts threads; those that were
# started have run.
import os
import threading
import time

wait = threading.Event()
started = []
threading.stack_size(128 << 10)


def live():
    started.append(1)
    wait.wait()


made = 0
try:
    while made < 10000:
        threading.Thread(target=live, daemon=True).start()
        made += 1
    print("never refused")
except RuntimeError as error:
    print(error)
print(made, len(started) == made, flush=True)
time.sleep(0.1)  # for those who look
os._exit(0)
