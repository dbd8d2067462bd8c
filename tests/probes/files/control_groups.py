# Tries: to leave its control group, or to use one to run a helper outside.
# Must end: with 0; no control group is to be seen, neither as a file nor by its name.
import glob
import os

found = []
for top in ("/sys", "/proc", "/run", "/dev", "/tmp"):
    for folder, _, files in os.walk(top, onerror=None):
        if folder.count("/") > 4:
            continue
        for name in ("cgroup.procs", "tasks", "release_agent", "notify_on_release", "memory.max"):
            if name in files:
                found.append(os.path.join(folder, name))
print("files:", *found)
try:
    groups = open("/proc/self/cgroup").read().splitlines()
    print("names:", *sorted({line.split(":", 2)[2] for line in groups}))
    mounts = open("/proc/self/mountinfo").read()
    print("mounted:", "cgroup" in mounts)
except PermissionError:
    print("out of sight")
print("own status:", os.path.exists("/proc/self/status"), len(glob.glob("/proc/[0-9]*")))
