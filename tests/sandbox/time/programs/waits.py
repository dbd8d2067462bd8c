# Every way to wait that Python has, and programs started from it, unless called with "alone".
import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time

start = time.time()
began = time.monotonic()


def say(*what):
    print(*what, round(time.time() - start, 3), flush=True)


time.sleep(3600)
say('sleep')


async def tasks():
    await asyncio.gather(asyncio.sleep(100), asyncio.sleep(50))
    say('gather')
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 5)
    except asyncio.TimeoutError:
        say('wait_for')

asyncio.run(tasks())
timer = threading.Timer(60, lambda: say('timer'))
timer.start()
timer.join()
say('event', threading.Event().wait(10))
condition = threading.Condition()
with condition:
    say('condition', condition.wait(3))
near, far = socket.socketpair()
near.settimeout(2.5)
try:
    near.recv(1)
except TimeoutError:
    say('socket')
say('select', select.select([near], [], [], 1.5))
poll = select.poll()
poll.register(near, select.POLLIN)
say('poll', len(poll.poll(1500)))
signal.signal(signal.SIGALRM, lambda *_: say('alarm'))
signal.alarm(30)
time.sleep(60)
say('sleep around an alarm')


def start_programs():
    program = [sys.executable, '-c', 'import time; time.sleep(50); print(int(time.time()))']
    say('child', int(subprocess.run(program, stdout=subprocess.PIPE).stdout) - int(start))
    try:
        subprocess.run(['sleep', '50'], timeout=20)
    except subprocess.TimeoutExpired:
        say('child given up')
    done = subprocess.run(['sh', '-c', 'sleep 5; nosuch; date -u; ls /proc/self/fd'],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    say(done.splitlines()[0], len(done.splitlines()) - 1)
    child = os.fork()
    if child == 0:
        time.sleep(30)
        say('forked')
        os._exit(0)
    os.waitpid(child, 0)
    say('reaped')


if 'alone' not in sys.argv:
    start_programs()
print('all clocks agree' if abs(time.monotonic() - began - time.time() + start) < 0.001 else 'no')
