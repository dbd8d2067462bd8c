# Tries: to hide that memory was refused: it catches the error, asks again, and goes on for ever.
# Must end: at a limit; the host's memory is untouched.
everything = []
print("starts", flush=True)
while True:
    try:
        everything.append(b"\x01" * (1 << 20))
    except MemoryError:
        pass
