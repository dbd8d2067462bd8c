# Tries: to read what belongs to the host: secrets, other users, logs, devices, the kernel's view.
# Arguments: paths that exist outside.
# Must end: with 0; none is there, what a program needs is.
import glob
import os
import sys

outside = [
    "/etc/shadow",
    "/etc/ssh",
    "/etc/hostname",
    "/etc/machine-id",
    "/home",
    "/mnt",
    "/opt",
    "/proc/cmdline",
    "/proc/kallsyms",
    "/proc/kmsg",
    "/proc/modules",
    "/proc/sys",
    "/root",
    "/run",
    "/srv",
    "/sys",
    "/var",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/tty",
    "/dev/ptmx",
    "/dev/pts",
    "/dev/sda",
    "/dev/vda",
    "/dev/loop0",
    "/dev/fuse",
    "/dev/kvm",
    "/dev/net/tun",
    *sys.argv[1:],
]
print("seen:", *[path for path in outside if os.path.lexists(path)])
for name, path in (("dev", "/dev"), ("etc", "/etc"), ("top", "/")):
    try:
        print(name + ":", *sorted(os.listdir(path)))
    except PermissionError:
        print(name + ": refused")
opened = []
for path in outside:
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY))
        opened.append(path)
    except OSError:
        pass
print("opened:", *opened)
seen = set(glob.glob("/proc/[0-9]*")) - {f"/proc/{os.getpid()}"}
print("others:", *seen)
print("needed:", open("/usr/bin/env", "rb").read(1) == b"\x7f")
