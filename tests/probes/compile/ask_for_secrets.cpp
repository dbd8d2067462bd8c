// Tries: to learn which files the host has, without reading them.
// Must end: compiled; none is there, a file that is inside is found.
#if __has_include(SECRET) ||                                                        \
                  __has_include("/etc/shadow") ||                                   \
                                __has_include("/proc/1/environ") ||                 \
                                              __has_include("/sys/kernel/notes") || \
                                                            __has_include("/etc/hostname")
#error "something of the host is there"
#endif
#if !__has_include("/etc/passwd")
#error "not even its own files are there"
#endif
int main() {}
