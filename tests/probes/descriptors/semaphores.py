# Tries: named semaphores without end. They are files in /dev/shm, and count there.
# Must end: with 0, refused at the cap of files; one works before.
import errno
import multiprocessing

kept = [multiprocessing.Semaphore(1)]
print("works", kept[0].acquire())
try:
    number = 0
    while number < 100000:
        with open(f"/dev/shm/sem.{number}", "wb") as file:
            file.write(b"x" * 32)
        number += 1
    print("never refused")
except OSError as error:
    print(errno.errorcode[error.errno])
try:
    multiprocessing.Semaphore(1)
    print("one more")
except OSError as error:
    print("semaphore", errno.errorcode[error.errno])
