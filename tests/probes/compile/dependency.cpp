// Tries: to learn of a file of the host by having the compiler compare its age.
// Must end: refused, because it is not there.
#pragma GCC dependency "/etc/shadow"
int main() {}
