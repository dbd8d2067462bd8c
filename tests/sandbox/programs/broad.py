# Uses what Python's standard library offers, once each; an exception shows what did not work.
import asyncio
import concurrent.futures
import ctypes
import errno
import fcntl
import mmap
import multiprocessing
import os
import resource
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
from multiprocessing import shared_memory


def raises(number, function, *arguments):
    try:
        function(*arguments)
    except OSError as error:
        assert error.errno == number, (function, error)
        return
    raise AssertionError(function)


async def loops(folder):
    child = await asyncio.create_subprocess_exec("/bin/echo", "child", stdout=subprocess.PIPE)
    assert (await child.communicate())[0] == b"child\n"

    async def answer(reader, writer):
        writer.write(b"hello")
        writer.close()

    server = await asyncio.start_unix_server(answer, folder + "/socket")
    reader, writer = await asyncio.open_unix_connection(folder + "/socket")
    assert await reader.read() == b"hello"
    writer.close()
    server.close()
    await asyncio.to_thread(time.sleep, 0.001)
    got = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, got.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await got.wait()


def square(number):
    return number * number


def put(queue, lock, event):
    with lock:
        queue.put(7)
    event.set()


def processes():
    with multiprocessing.Pool(2) as pool:
        assert pool.map(square, range(3)) == [0, 1, 4]
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        queue, lock, event = context.Queue(), context.Lock(), context.Event()
        process = context.Process(target=put, args=(queue, lock, event))
        process.start()
        assert queue.get() == 7 and event.wait()
        process.join()
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        shared[1] = multiprocessing.Array("i", 3)[0]
    memory = shared_memory.SharedMemory(create=True, size=4096)
    memory.close()
    memory.unlink()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        assert list(pool.map(square, range(3))) == [0, 1, 4]
    run = subprocess.run("exit 3", shell=True, start_new_session=True)
    assert run.returncode == 3
    child = os.posix_spawn("/bin/true", ["true"], {})
    assert os.waitid(os.P_PID, child, os.WEXITED).si_status == 0
    signal.pidfd_send_signal(os.pidfd_open(os.getpid()), 0)


def files(folder):
    with open(folder + "/a", "w+b") as file:
        file.write(b"x" * 8192)
        file.flush()
        fcntl.flock(file, fcntl.LOCK_EX)
        fcntl.lockf(file, fcntl.LOCK_EX)
        os.fsync(file.fileno())
        os.posix_fallocate(file.fileno(), 0, 8192)
        with mmap.mmap(file.fileno(), 0) as mapped:
            mapped[0] = 1
            mapped.flush()
    database = sqlite3.connect(folder + "/db")
    database.execute("pragma journal_mode=wal")
    database.execute("create table t(a)")
    database.commit()
    database.close()
    shutil.copytree(folder, folder + "/copy", ignore=shutil.ignore_patterns("copy", "socket"))
    shutil.move(folder + "/copy/a", folder + "/moved")
    os.mkfifo(folder + "/fifo")
    os.symlink("a", folder + "/link")
    os.utime(folder + "/a")
    assert os.listxattr(folder + "/a") is not None
    shutil.rmtree(folder)


def system():
    pair = socket.socketpair()
    socket.send_fds(pair[0], [b"x"], [0])
    assert len(socket.recv_fds(pair[1], 1, 1)[1]) == 1
    poll = select.epoll()
    poll.register(pair[0])
    poll.poll(0)
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()
    assert ctypes.CDLL(None).getpid() == os.getpid()
    os.nice(1)
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    raises(errno.EPERM, os.sched_setaffinity, 0, os.sched_getaffinity(0))
    raises(errno.EPERM, socket.socket, socket.AF_INET)
    raises(errno.ENOSYS, os.memfd_create, "x")


if __name__ == "__main__":
    thread = threading.Thread(target=time.sleep, args=(0.001,))
    thread.start()
    thread.join()
    scratch = tempfile.mkdtemp()
    asyncio.run(loops(scratch))
    processes()
    files(scratch)
    system()
    print("done")
